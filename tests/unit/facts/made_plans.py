"""Plans made by hand for the tests of facts: no reader and no dialect takes part."""

from planlint.facts import Facts, Settings
from planlint.facts.repository import MemoryRepository, Repository
from planlint.model import Agent, Capability, ContextFile, ContractRef, Dependency, Mode, Plan, Scope, Task, parallel
from planlint.source import Source

HERE = Source("plan.yaml", "plan").origin(0, 4)


def scopes(paths, mode: Mode) -> tuple[Scope, ...]:
    """Texts as scopes of one mode; ready scopes as they are."""
    return tuple(path if isinstance(path, Scope) else Scope(path=path, mode=mode, origin=HERE) for path in paths)


def task_of(index: int, fields: dict) -> Task:
    """A task from fields of `Task`, with texts for scopes, agents, dependencies and contract references."""
    values = {"id": f"t{index}", **fields}
    for field, mode in (("creates", Mode.CREATE), ("modifies", Mode.MODIFY)):
        values["writes"] = (*values.get("writes", ()), *scopes(values.pop(field, ()), mode))
    values["writes"] = scopes(values["writes"], Mode.WRITE)
    values["reads"] = scopes(values.get("reads", ()), Mode.READ)
    values["depends_on"] = tuple(Dependency(task=task, origin=HERE) for task in fields.get("depends_on", ()))
    values["conflicts_with"] = tuple(Dependency(task=task, origin=HERE) for task in fields.get("conflicts_with", ()))
    for field in ("provides", "consumes"):
        values[field] = tuple(
            ref if isinstance(ref, ContractRef) else ContractRef(contract=ref, origin=HERE)
            for ref in fields.get(field, ())
        )
    agent = fields.get("agent", Agent())
    values["agent"] = Agent(type=agent) if isinstance(agent, str) else agent
    return Task(index=index, origin=HERE, **values)


def facts_of(*tasks: dict, files=None, settings: Settings | None = None, known: bool = True, **plan) -> Facts:
    """The facts of a plan whose tasks all run at once unless a dependency orders them; `files` make a repository."""
    made = tuple(task_of(index, fields) for index, fields in enumerate(tasks))
    plan.setdefault("schedule", parallel(range(len(made)), "same wave") if made else None)
    plan.setdefault("capabilities", frozenset({Capability.TASKS, Capability.AGENTS, Capability.WRITES}))
    plan["context"] = tuple(ContextFile(path=path, origin=HERE) for path in plan.pop("context", ()))
    repository = Repository.none() if files is None else MemoryRepository(files, known=known)
    return Facts(
        Plan(path="plan.yaml", dialect="test", origin=HERE, tasks=made, **plan), repository, settings or Settings()
    )
