"""`planlint show --format json`: plans as planlint understood them, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planlint.reporters.json import location_data

if TYPE_CHECKING:
    from planlint.facts import Facts
    from planlint.model import (
        Constraint,
        ContractRef,
        Dependency,
        FanOut,
        Launch,
        LaunchScript,
        Plan,
        Scope,
        Task,
    )

VERSION = 1


def plans_data(facts_of_plans: list[Facts]) -> dict[str, Any]:
    """All plans as plain data."""
    return {"version": VERSION, "plans": [plan_data(facts) for facts in facts_of_plans]}


def plan_data(facts: Facts) -> dict[str, Any]:
    """One plan as plain data. Finished tasks are listed as tasks but take no part in stages and pairs."""
    plan, order = facts.plan, facts.order
    label = {task.index: task.label for task in plan.tasks}
    live = {task.index for task in facts.tasks}
    stages = [[label[task] for task in stage if task in live] for stage in order.stages]
    return {
        "path": plan.path,
        "dialect": plan.dialect,
        "name": plan.name,
        "isolation": plan.isolation.value,
        "runtime": plan.runtime,
        "max_parallel": plan.max_parallel,
        "incomplete": plan.incomplete,
        "pattern": plan.pattern,
        "workers": plan.workers,
        "capabilities": sorted(capability.value for capability in plan.capabilities),
        "context": [{"path": file.path, "evidence": file.evidence.value} for file in plan.context],
        "contracts": [
            {
                "id": contract.id,
                "kind": contract.kind,
                "file": contract.file,
                "signature": contract.signature,
                "evidence": contract.evidence.value,
                "location": location_data(contract.origin),
            }
            for contract in plan.contracts
        ],
        "agents": [
            {
                "name": agent.name,
                "runtime": agent.runtime,
                "model": agent.model,
                "tools": list(agent.tools) if agent.tools is not None else None,
                "disallowed_tools": list(agent.disallowed_tools),
                "isolation": agent.isolation.value if agent.isolation is not None else None,
                "background": agent.background,
                "location": location_data(agent.origin),
            }
            for agent in plan.agents
        ],
        "constraints": [_constraint_data(constraint) for constraint in plan.constraints],
        "launches": [
            _launch_data(step.launch, script)
            for script in plan.scripts
            for step in script.steps
            if step.launch is not None
        ],
        "fan_outs": [_fan_out_data(fan_out) for fan_out in _fan_outs(plan)],
        "tasks": [_task_data(task) for task in plan.tasks if not task.container],
        "stages": [stage for stage in stages if stage],
        "concurrent_pairs": order.pair_count,
        "costs": costs_data(facts),
    }


def costs_data(facts: Facts) -> dict[str, Any]:
    """Agents, what they inherit in tokens, and the longest chain of tasks."""
    costs = facts.costs
    return {
        "agents": costs.agents,
        "inherited_tokens": costs.inherited_tokens,
        "total_inherited_tokens": costs.total_inherited_tokens,
        "critical_path": [facts.task(task).label for task in costs.critical_path],
    }


def _task_data(task: Task) -> dict[str, Any]:
    return {
        "id": task.label,
        "title": task.title,
        "kind": task.kind.value,
        "phase": task.phase,
        "wave": task.wave,
        "parallel": task.parallel,
        "done": task.done,
        "optional": task.optional,
        "agent": {
            "type": task.agent.type,
            "name": task.agent.name,
            "model": task.agent.model,
            "tools": list(task.agent.tools) if task.agent.tools is not None else None,
            "background": task.agent.background,
        },
        "isolation": task.isolation.value if task.isolation is not None else None,
        "writes": [_scope_data(scope) for scope in task.writes],
        "reads": [_scope_data(scope) for scope in task.reads],
        "off_limits": [_scope_data(scope) for scope in task.off_limits],
        "resources": [{"kind": one.kind, "name": one.name, "evidence": one.evidence.value} for one in task.resources],
        "depends_on": [_dependency_data(one) for one in task.depends_on],
        "blocks": [_dependency_data(one) for one in task.blocks],
        "conflicts_with": [_dependency_data(one) for one in task.conflicts_with],
        "provides": [_contract_data(one) for one in task.provides],
        "consumes": [_contract_data(one) for one in task.consumes],
        "verify": task.verify,
        "returns": task.returns,
        "estimate_minutes": task.estimate,
        "location": location_data(task.name_origin),
    }


def _constraint_data(constraint: Constraint) -> dict[str, Any]:
    return {
        "kind": constraint.kind,
        "path": constraint.scope.path,
        "owner": constraint.owner,
        "tasks": list(constraint.tasks),
        "location": location_data(constraint.origin),
    }


def _launch_data(launch: Launch, script: LaunchScript) -> dict[str, Any]:
    """One call that starts an agent; `example_of_wrong`: shown as what not to do."""
    return {
        "tool": launch.tool,
        "description": launch.description,
        "agent_type": launch.agent_type,
        "model": launch.model,
        "background": launch.background,
        "awaited": launch.awaited,
        "handle": launch.handle,
        "template": launch.template,
        "example_of_wrong": script.example_of_wrong,
        "location": location_data(launch.origin),
    }


def _fan_outs(plan: Plan) -> list[FanOut]:
    """One agent for each element of something: told in prose, or a loop of a script that starts agents."""
    loops = [
        script.loops[loop]
        for script in plan.scripts
        for loop in dict.fromkeys(step.loop for step in script.steps if step.launch is not None)
        if loop is not None and loop in script.loops
    ]
    return [*plan.fan_outs, *loops]


def _fan_out_data(fan_out: FanOut) -> dict[str, Any]:
    return {
        "over": fan_out.over,
        "bound": fan_out.bound,
        "batched": fan_out.batched,
        "location": location_data(fan_out.origin),
    }


def _dependency_data(dependency: Dependency) -> dict[str, Any]:
    return {"task": dependency.task, "evidence": dependency.evidence.value}


def _scope_data(scope: Scope) -> dict[str, Any]:
    return {"path": scope.path, "mode": scope.mode.value, "evidence": scope.evidence.value, "weak": scope.weak}


def _contract_data(reference: ContractRef) -> dict[str, Any]:
    return {"contract": reference.contract, "evidence": reference.evidence.value}
