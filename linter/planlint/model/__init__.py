"""The typed plan: what is meant, whatever format it was written in, with the place of every word."""

from planlint.model.agents import Agent, AgentDefinition, Isolation
from planlint.model.contracts import Contract, ContractRef
from planlint.model.dependencies import Dependency
from planlint.model.execution import FanOut, Launch, LaunchScript, Step
from planlint.model.plan import Capability, Constraint, ContextFile, Plan
from planlint.model.schedule import Leaf, Parallel, Schedule, Serial, parallel, serial
from planlint.model.scopes import Mode, Resource, Scope
from planlint.model.task import Kind, Task

__all__ = [
    "Agent",
    "AgentDefinition",
    "Capability",
    "Constraint",
    "ContextFile",
    "Contract",
    "ContractRef",
    "Dependency",
    "FanOut",
    "Isolation",
    "Kind",
    "Launch",
    "LaunchScript",
    "Leaf",
    "Mode",
    "Parallel",
    "Plan",
    "Resource",
    "Schedule",
    "Scope",
    "Serial",
    "Step",
    "Task",
    "parallel",
    "serial",
]
