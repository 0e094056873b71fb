"""The launches of a workflow script: what each `agent()` says, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from planlint.dialects.workflow.constructs import Level, Repeat
from planlint.dialects.workflow.surroundings import Place, Surroundings
from planlint.dialects.workflow.values import Names, Text, Values
from planlint.dialects.workflow.waits import AT_ONCE, Wait
from planlint.readers.code import Call, Expression
from planlint.readers.javascript import JsModule
from planlint.readers.prose import Prose

AGENT = "agent"


@dataclass(slots=True)
class AgentCall:
    """One launch by an `agent(prompt, options)`; `route` as in `Place`.

    A call that a written list, or several calls of its function, repeat is several launches, numbered `copy`.

    `levels` stand around it, outermost first; `repeats` run it several times; `names` are its parameters.
    """

    call: Call
    route: tuple[int, ...]
    options: dict[str, Expression]
    values: Values
    levels: list[Level] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    names: Names = field(default_factory=dict)
    copy: int = 0
    wait: Wait = AT_ONCE
    two: tuple[Place, ...] = ()
    """See `Place.two`."""

    @property
    def position(self) -> int:
        """Where the script comes to it: its own place, or that of the call of its function."""
        return self.route[0]

    @property
    def prompt(self) -> Expression | None:
        """The first argument."""
        return self.call.arguments[0] if self.call.arguments else None

    @property
    def told(self) -> Text:
        """The prompt as far as it is known."""
        return self.values.text(self.prompt, self.names) or Text()

    @property
    def prose(self) -> Prose | None:
        """The prompt as running text; None where nothing of it is known."""
        prompt, told = self.prompt, self.told
        if prompt is None or not told.parts:
            return None
        return told.prose(prompt.source, prompt.start, prompt.end)

    @property
    def waits(self) -> bool:
        """Whether the script itself waits for it before it goes on; in a group, the group is waited for."""
        return self.wait.now and not self.levels

    def ends_before(self, other: AgentCall) -> bool:
        """Whether a launch that the script does not wait for at once has been waited for when `other` begins."""
        if self.wait.until is None:
            return False
        if not self.wait.inner:
            return other.position > self.wait.until
        return other.call.start > self.wait.until if other.position == self.position else self.wait.outer

    def doubled(self) -> list[AgentCall]:
        """The launch for two elements of a list of unknown length."""
        return [
            replace(self, levels=one.levels, route=one.route, copy=self.copy + number, two=())
            for number, one in enumerate(self.two)
        ]

    def option(self, name: str) -> str | None:
        """The text of an option; values inserted in it that are not known stay as written."""
        text = self.values.text(self.options.get(name), self.names)
        return text.text if text is not None else None


def agent_calls(module: JsModule) -> list[AgentCall]:
    """All launches of `module`, in the order in which the script comes to them."""
    values = Values(module)
    surroundings = Surroundings(module, values)
    found: list[AgentCall] = []
    for call in module.calls_of(AGENT):
        options = values.entries(call.arguments[1]) if len(call.arguments) > 1 else {}
        for number, one in enumerate(surroundings.of(call)):
            found.append(
                AgentCall(
                    call, one.route, options, values, one.levels, one.repeats, one.names, number, one.wait, one.two
                )
            )
    found.sort(key=lambda launch: (launch.route, launch.copy))
    return found
