"""What makes a product pass over an agent file without a word (PL805)."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from planlint.diagnostics import Applicability, Edit, Fix, Problem, Severity
from planlint.dialects.agents.definition import text_of
from planlint.dialects.agents.formats import FORMATS
from planlint.readers.front_matter import split_front_matter
from planlint.readers.tree import Mapping, Scalar

if TYPE_CHECKING:
    from planlint.dialects.agents.formats import AgentFormat
    from planlint.model import AgentDefinition
    from planlint.readers.document import Document

CODE = "PL805"

_ROLE = re.compile(
    r"^(?:#{1,2} .*\b(?:[Aa]gent|[Ss]ubagent)[ \t]*$|(?:\*\*)?You(?: are|'re) (?:an?|the|my|our) )", re.MULTILINE
)
_NAME = re.compile(r"^name[ \t]*:", re.MULTILINE)
"""An entry of front matter that begins too late or never ends."""
_LATE = re.compile(r"^---[ \t]*\r?\nname[ \t]*:", re.MULTILINE)
_SEARCHED = 2_000
"""Characters in which a prompt says whom it speaks to."""


def faults_of(document: Document, keys: Mapping | None, body: int, format: AgentFormat) -> list[Problem]:
    """Why the agent that `document` defines would not be there, or not be what is meant; usually nothing."""
    name = document.path.rpartition("/")[2]
    if format.suffix == ".toml":
        if document.broken or keys is None:
            return []
        return [*_missing(document, keys, name, format), *_misspelled(keys, format)]
    complaints = [problem for problem in document.problems if problem.code == "PL002"]
    if keys is None and not complaints:
        return _without_front_matter(document, name, format)
    if not looks_like_agent(keys, document.source.text[body : body + _SEARCHED], format):
        # A template or a note that lies there is no agent.
        return []
    faults = [_broken(document, complaints[0], keys, name, format)] if complaints else []
    if keys is not None:
        faults += [*_missing(document, keys, name, format), *_bad_name(keys, format), *_misspelled(keys, format)]
    return faults


def looks_like_agent(keys: Mapping | None, prompt: str, format: AgentFormat) -> bool:
    """Whether a file is meant as an agent: by its keys, or by whom its text speaks to."""
    if keys is not None and any(key in format.keys - {"model", "color"} for key in keys):
        return True
    head = prompt[:_SEARCHED]
    return _ROLE.search(head) is not None or (keys is None and _NAME.search(head) is not None)


def _broken(document: Document, complaint: Problem, keys: Mapping | None, name: str, format: AgentFormat) -> Problem:
    """Front matter that is no YAML. Claude Code reads some of it all the same, so it is a warning where it can."""
    fix = None if keys is None else _quoting(document, complaint, keys)
    readable = keys is not None and all(text_of(keys, key) for key in format.required)
    outcome = "may be skipped without a word" if readable else "is skipped without a word"
    reason = complaint.message.removeprefix("invalid YAML: ")
    return Problem(
        CODE,
        f"{name}: the front matter is not valid YAML ({reason}), so the agent {outcome}",
        complaint.origin,
        help="put the value in quotes, or write it as a block (`description: |` with the text indented below)"
        if fix is not None or "unquoted" in complaint.message
        else complaint.help,
        why=f"{format.title}'s documentation says that a file with invalid front matter is passed over silently; "
        "some versions read simple entries line by line",
        # What most files of this kind have is an unquoted colon in the description, and they work.
        severity=Severity.NOTE if readable else None,
        fixes=() if fix is None else (fix,),
    )


def _quoting(document: Document, complaint: Problem, keys: Mapping) -> Fix | None:
    """Put the one-line plain value that holds the complaint in single quotes, in which nothing is an escape."""
    for key, value in keys.items():
        if not isinstance(value, Scalar) or value.style != "plain" or not value.start <= complaint.origin.start:
            continue
        written = value.origin.text
        if complaint.origin.start < value.end and "\n" not in written and "\r" not in written:
            edit = Edit(value.origin, "'" + written.replace("'", "''") + "'")
            return Fix(f"put the value of `{key.text}` in quotes", Applicability.SAFE, (edit,))
    return None


def _without_front_matter(document: Document, name: str, format: AgentFormat) -> list[Problem]:
    source = document.source
    text = source.text
    head = source.origin(0, len(text.split("\n", 1)[0].rstrip("\r")))
    late = _LATE.search(text[:_SEARCHED])
    if late is not None:
        # What stands above it may be a comment, a heading or a blank line.
        reason, place = "the front matter does not begin on line 1", source.origin(late.start(), late.start() + 3)
        help = "move the `---` to line 1, above everything else"
    elif format.required and _ROLE.search(text[:_SEARCHED]):
        reason, place = "there is no front matter", head
        help = (
            f"begin the file with front matter that holds {_listed(format.required)}, or keep it in another directory"
        )
    else:
        return []
    return [Problem(CODE, f"{name}: {reason}, so {format.title} skips the agent without a word", place, help=help)]


def _missing(document: Document, keys: Mapping, name: str, format: AgentFormat) -> list[Problem]:
    # A key that is only misspelled is there, and is reported as that.
    misspelled = {_meant(key.text, format) for key in keys.keys.values()}
    missing = [
        key
        for key in format.required
        if text_of(keys, key) is None
        and not isinstance(keys.get(key), Mapping)
        and (key in keys or key not in misspelled)
    ]
    if not missing:
        return []
    key = keys.keys.get(missing[0]) or keys.keys.get("name") or next(iter(keys.keys.values()), None)
    place = key.origin if key is not None else document.source.origin(0, 3)
    empty = [one for one in missing if one in keys]
    words = f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} {'empty' if empty == missing else 'missing'}"
    return [
        Problem(
            CODE,
            f"{name}: {words}, so {format.title} skips the agent without a word",
            place,
            help=f"add {_listed(missing)}, or keep the file in another directory if it is no agent",
        )
    ]


def _bad_name(keys: Mapping, format: AgentFormat) -> list[Problem]:
    """A name that Claude Code does not take (documentation of November 2026: no `-` in front, no `:`)."""
    node = keys.get("name")
    name = text_of(keys, "name") or ""
    if format.runtime != "claude-code" or node is None or not (name.startswith("-") or ":" in name):
        return []
    reason = "begins with `-`" if name.startswith("-") else "holds a `:`"
    message = f"the name `{name[:60]}` {reason}, so {format.title} skips the agent without a word"
    return [Problem(CODE, message, node.origin, help="use lower-case words joined by hyphens")]


def _misspelled(keys: Mapping, format: AgentFormat) -> list[Problem]:
    """Keys that are evidently meant as one that the product knows; it ignores them. People's own keys are no fault."""
    found = []
    for key in keys.keys.values():
        meant = _meant(key.text, format)
        if meant is None or meant in keys:
            continue
        found.append(
            Problem(
                CODE,
                f"{format.title} ignores the key `{key.text}`; it knows `{meant}`"
                + (", without which it skips the agent without a word" if meant in format.required else ""),
                key.origin,
                help=f"write `{meant}`",
                fixes=(
                    Fix(
                        f"rename `{key.text}` to `{meant}`",
                        Applicability.UNSAFE,
                        (Edit(key.origin, meant),),
                        "what was ignored until now takes effect",
                    ),
                ),
            )
        )
    return found


_BORROWED = {"allowedtools": "tools"}
"""Keys of commands and skills that people write into agent files, without case and separators."""


def _meant(key: str, format: AgentFormat) -> str | None:
    if key in format.keys:
        return None
    plain = {_plain(known): known for known in sorted(format.keys)}
    wanted = _plain(key)
    if wanted in plain:
        return plain[wanted]
    if wanted in _BORROWED:
        return _BORROWED[wanted] if _BORROWED[wanted] in format.keys else None
    if any(key in other.keys for other in FORMATS):
        # One file for several products: `mode` is OpenCode's, and no misspelled `model`.
        return None
    close = get_close_matches(wanted, plain, n=1, cutoff=0.85) if len(wanted) <= _LONGEST_KEY else []
    return plain[close[0]] if close else None


_LONGEST_KEY = 40
"""No key of any product is longer than 25 characters."""


def _plain(key: str) -> str:
    return key.casefold().replace("-", "").replace("_", "")


def same_names(agents: list[AgentDefinition]) -> list[Problem]:
    """Agents of one name in one directory: which of them wins is arbitrary."""
    first: dict[str, AgentDefinition] = {}
    found = []
    for agent in agents:
        known = first.setdefault(agent.name.casefold(), agent)
        if known is agent:
            continue
        place, other = (one.places.get("name", one.origin.narrow(0, 3)) for one in (agent, known))
        found.append(
            Problem(
                CODE,
                f"two agents are called `{agent.name}`, the other one in {known.origin.source.path}; "
                "which of them runs is arbitrary",
                place,
                help="give one of them another name",
                related=((other, "the other agent of that name"),),
            )
        )
    return found


def _listed(names: tuple[str, ...] | list[str]) -> str:
    ticked = [f"`{name}`" for name in names]
    return ticked[0] if len(ticked) == 1 else f"{', '.join(ticked[:-1])} and {ticked[-1]}"


def reader_problems(document: Document) -> list[Problem]:
    """The reader's complaints that are not told again, in an agent's terms, by `faults_of`."""
    if document.syntax == "toml":
        return document.problems
    _, _, of_front_matter = split_front_matter(document.source)
    told = {(problem.code, problem.origin.start) for problem in of_front_matter if problem.code == "PL002"}
    return [problem for problem in document.problems if (problem.code, problem.origin.start) not in told]
