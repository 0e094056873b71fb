"""Whether a heading calls what stands below it a plan of work, or an account of what is or was."""

from __future__ import annotations

from planlint.source.regex import regex

_PLAN = regex(
    r"\b(?:plan|roadmap|backlog|to-?dos?|work ?streams?|work (?:packages?|items?|breakdown|split|plan)|tasks?(?: list"
    r"| breakdown)?|agent assignments?|(?:parallel|multi-agent) (?:work|development|execution|build|implementation)"
    r"|sprint|aufgaben|arbeitspakete|tâches|tareas|tarefas|plano|kế hoạch|план)\b"
    r"|计划|計畫|计劃|规划|分工|任务|任務|計画|タスク|ロードマップ|계획|작업|로드맵",
)
_OTHER = regex(
    r"\b(?:test|testing|qa|business|pricing|subscription|rollback|recovery|continuity|marketing|lesson|study|meal"
    r"|workout|training|treatment|care|communications?|deployment|incident|response|data management|launch|seo|floor"
    r"|master)[ -]plans?\b"
    r"|\bplan (?:lifecycle|storage|parser|viewer|format)\b"
    r"|\b(?:plan mode|planner|planning guide|templates?|how to|guide|tutorial|lab|labs|exercises?"
    r"|examples?|template|format|schema|course|lesson|homework|assignment brief)\b|模板|教程|指南|示例",
)


def names_a_plan(heading: str) -> bool:
    """Whether a heading says that work is planned below: "Implementation Plan", "Workstreams", "作業計画".

    Plans of another kind (a test plan, a meal plan) and texts about plans (a template, a guide) are none.
    """
    text = heading.lower().replace("_", " ")
    return _PLAN.search(text) is not None and _OTHER.search(text) is None


def is_about_plans(heading: str) -> bool:
    """Whether a heading tells of plans of another kind, or of how plans are written: "Example", "Task format"."""
    return _OTHER.search(heading.lower().replace("_", " ")) is not None


_ACCOUNT = regex(
    r"^(?:[\w./&'-]+ ){0,4}(?:report|tutorial|walkthrough|retrospective|post-?mortem|findings|assessment|release notes"
    r"|(?:changes|implementation|completion|session) summary|summary of changes|case study|data model)"
    r"(?: \d+(?:\.\d+)*)?\s*(?:\Z|[:\u2013\u2014(]|- )"
    r"|^(?:\d+\. )?what (?:we|i|was|were) (?:built|did|done|shipped|changed|implemented)\b"
    r"|^(?:[\w./&'-]+ )?(?:current|existing|as-is) (?:[\w-]+ )?(?:state|status|situation|components?|architecture"
    r"|system|set-?up|structure|landscape)(?: (?:analysis|overview|summary))?\s*(?:\Z|[:\u2013\u2014(]|- )"
    r"|(?:报告|教程|報告書?|チュートリアル|보고서)\s*(?:\Z|[:：])"
)

_SIGNS = regex(r"^[^\w\[(]+")
"""Emoji in front of a heading."""


def is_account(heading: str) -> bool:
    """Whether a heading says that what is or was is told below: "Review Report: Cart", "Tutorial 1: First steps",
    "Current State".

    What the report is about does not count ("Implementation plan: sales report"), nor what else stands below ("Audit
    report and plan").
    """
    return _ACCOUNT.search(_SIGNS.sub("", heading.lower().replace("_", " ").strip(" #*`"))) is not None
