"""The words with which briefs say that a task has to touch a hub."""

from __future__ import annotations

import re

from planlint.facts.denial import denied
from planlint.source.regex import regex

EXPORTS = regex(
    r"\bre-?exports?\b|\bbarrel\b"
    r"|\bexport(?:ed|s)?\b[^.\n]{0,60}\bfrom (?:the )?(?:`?index\b|package\b|barrel\b|module root\b)",
    re.IGNORECASE,
)
DECLARES = regex(r"\b(?:declare|register|list)s?\b[^.\n]{0,40}\bmodules?\b[^.\n]{0,20}\bin\b", re.IGNORECASE)
""" "Declare the module in mod.rs": Rust's barrel."""
NAMED_BARREL = regex(
    r"\bexport(?:s|ed)?\b[^.\n]{0,80}?\bfrom (?:the )?[`\"]?(?:@[\w-]{1,40}/)?(?P<package>\w[\w-]{0,40})[`\"]?"
    r" (?:package(?:'s)? )?(?:barrel|index)\b(?![^\n]{0,60}\bif (?:needed|necessary|required)\b)",
    re.IGNORECASE,
)
REGISTERS = regex(r"\b(?:register|mount|wire)(?:s|ed)?\b[^.\n]{0,50}\b(?:routes?|routers?|endpoints?)\b", re.IGNORECASE)
ADDS_ROUTES = regex(
    r"\badds?\b[ ]+(?:(?:the|a|its|their|new|needed|matching)[ ]+){0,2}routes?\b(?![ ]+(?:handler|file|test))",
    re.IGNORECASE,
)
TRACKS = regex(
    r"\b(?:tick|check|cross|mark|update|record|log|note|append|write|add|set|save|report)\b[^.\n]{0,60}?[ `(\"]"
    r"(?P<path>"
    r"(?:[\w.-]{1,40}/){0,3}(?:state|roadmap|progress|todo|tasks?|status|handoff|worklog|current-task|tracker|tracking)"
    r"\.(?:md|json|txt))(?![\w/])",
    re.IGNORECASE,
)
""" "Tick your box in progress.md": a notebook that every agent keeps."""
LOGS = regex(r"\b(?:add|append|update|write|note)\b[^.\n]{0,40}\bchange ?log\b", re.IGNORECASE)
ALWAYS_LOGS = regex(
    r"^[^\n]*(?:\b(?:every|each|any|all)\b[^.\n]{0,20}\b(?:changes?|commits?|tasks?|plans?|phases?|features?|fix(?:es)?"
    r"|edits?|modifications?)\b|\balways\b|\bmust\b)[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
"""A line of the project's instructions that asks for something with every change."""
RELEASES = regex(r"\b(?:releas\w+|version bumps?|publish\w*|generated|automatic\w*)\b", re.IGNORECASE)
GLOBAL = regex(r"(?:^|\s)(?:-g|--global|--location=global)\b")
HINTS = ("xport", "barrel", "module", "route", "endpoint", ".md", ".json", ".txt", "changelog", "change log")
"""One of these stands in every brief that the patterns above match, in lower case; installs have hints of their own."""


def said(pattern: re.Pattern[str], text: str) -> str:
    """The words of `text` that say so without a negation before them; empty where nothing does."""
    for at in pattern.finditer(text):
        if not denied(text, at.start()):
            return at.group()
    return ""
