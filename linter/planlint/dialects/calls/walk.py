"""The walk through pseudo-code, line by line and call by call, that finds what it launches and how it joins."""

from __future__ import annotations

import re

from planlint.dialects.calls import words
from planlint.dialects.calls.arguments import read_arguments
from planlint.dialects.calls.blocks import Told, read_told, string_value
from planlint.dialects.calls.brackets import Strings
from planlint.dialects.calls.commands import Commands
from planlint.dialects.calls.extents import Extents
from planlint.dialects.calls.fanout import Header, read_header, stated_bound
from planlint.dialects.calls.handles import WORD, same_names, set_name
from planlint.dialects.calls.heads import condition_end, head_at
from planlint.dialects.calls.joins import Joins
from planlint.dialects.calls.judgement import label_of
from planlint.dialects.calls.launches import LAUNCHERS, is_launch, prompt_of
from planlint.dialects.calls.loops import Loops
from planlint.dialects.calls.openings import Block, Openings
from planlint.dialects.calls.recorder import Recorder
from planlint.dialects.calls.script import Names, Segment
from planlint.dialects.calls.shell import shell_command_at
from planlint.dialects.calls.tags import read_tag
from planlint.readers.prose import Prose

_ATOM = re.compile(
    r"\b(?:Task|Agent|TaskOutput|AgentOutputTool|TaskUpdate|TaskList|TaskGet)\b"
    r"|\b(?:Promise\.(?:allSettled|all|any|race)|(?:asyncio\.)?gather|await|sleep|catch|except|return_exceptions)\b"
    r"|\.(?:map|flatMap|forEach)[ \t]*\(|=>|//|#|/\*|[\"'`(){}\[\];❌✗✘✅✓✔]"
)
_COMPREHENSION = re.compile(r"(?:\.\w+)?[ \t\n]*(?:async[ \t]+)?for[ \t]+([\w$]+|\([^()\n]{1,60}\))[ \t]+in[ \t]+")
_PARAMETER = re.compile(r"\s*(?:async\s+)?\(?\s*([\w$]+)")
_TYPE = re.compile(r"[A-Za-z][\w-]*(?::[\w-]+)?")
"""The type of an agent: `Explore`, `plugin:reviewer`."""
_TREE = re.compile(r"[ \t]*[│├└┌─|+`\\ \t]*(?:├|└|─|│)[─ \t]*")
_WRONG_MARKS, _RIGHT_MARKS = "❌✗✘⛔🚫👎", "✅✓✔👍"


class Walk:
    """One walk through `code`; `run` gives the segments, `names` tells which handles are one agent's."""

    def __init__(self, code: Prose, *, wrong: bool, message: int, hash_comments: bool, lead: str = "") -> None:
        self.code = code
        self.text = code.text
        self.names = Names()
        self._record = Recorder(code, wrong=wrong, message=message)
        self._open = Openings()
        self._extents = Extents(self.text)
        self._loops = Loops(code, self._open)
        self._joins = Joins(code, self._record, self._open)
        self._commands = Commands(code, self._record, self._open)
        self._commands.introduced(lead.rpartition("\n")[2])
        self._strings = Strings(self.text)
        self._hash_comments = hash_comments
        self._results: set[str] = set()
        """Names that hold what an agent gave back and that nothing has used yet."""
        self._statement = 0
        """Where the current statement begins."""
        self._line = (0, 0)
        self._message_word: str | None = None

    def run(self) -> list[Segment]:
        """Walk to the end. Linear; never raises on any text."""
        at = 0
        while at < len(self.text):
            at = self._line_at(at)
        self._close(*self._open.close_all(), at=len(self.text))
        return self._record.finish(len(self.text))

    # -- lines -------------------------------------------------------------------------------------------------

    def _line_at(self, at: int) -> int:
        """Walk the line at `at` and all that is begun on it; the answer is the start of the next line."""
        text = self.text
        end = self._extents.line_end(at)
        self._line = (at, end)
        stripped = text[at:end].strip()
        if not stripped:
            self._loops.forget()
            return end + 1
        tree = _TREE.match(text, at, end)
        begin = tree.end() if tree is not None else text.index(stripped[0], at)
        if self._open.between_statements:
            self._open.line_begins(begin - at, stripped)
            self._statement = begin
        if begin < end and self._is_comment(begin):
            self._comment(begin, end)
            return end + 1
        if stripped[0] in _WRONG_MARKS + _RIGHT_MARKS:
            self._cut(stripped[0] in _WRONG_MARKS)
        command = shell_command_at(text, begin, end)
        if command is not None:
            self._head(begin, end)
            self._commands.command(begin, command)
            self._open.line_ends()
            return self._extents.line_end(command) + 1
        told = read_told(self.code, at) or read_tag(self.code, at)
        if told is not None:
            self._told(told)
            return self._extents.line_end(told.end) + 1
        self._words_of_line(begin, end)
        stop = self._scan(self._head(begin, end), end)
        self._open.line_ends()
        return stop + 1

    def _is_comment(self, begin: int) -> bool:
        if self.text.startswith(("//", "/*", "<!--", "* ", "--"), begin):
            return True
        return self._hash_comments and self.text[begin] == "#" and not self.text.startswith("#!", begin)

    def _comment(self, begin: int, end: int) -> None:
        """A line that is a comment: a judgement, a bound, the number of a message, or words about joining."""
        line = self.text[begin:end]
        label = label_of(line)
        if label is not None:
            self._cut(label)
            return
        self._commands.introduced(line)
        bound = stated_bound(line)
        if bound is not None:
            self._loops.announce(bound)
        message = words.message_of(line)
        if message is not None and message != self._message_word:
            self._record.message += self._message_word is not None
            self._message_word = message
        if words.waits(line):
            self._record.describe_wait(begin, end, self._open.loop)
        elif words.speaks_of_handling(line):
            self._record.add("branch", begin, end, loop=self._open.loop)
        elif words.uses_results(line):
            self._record.add("use", begin, end, loop=self._open.loop)

    def _words_of_line(self, begin: int, end: int) -> None:
        """What a line of code or text says in words and names, whatever calls are on it."""
        line = self.text[begin:end]
        for one, other in same_names(line):
            self.names.same(one, other)
        self._commands.line(line)
        name = set_name(line)
        if name is not None:
            self._loops.constants.learn(name[0], self.text, begin + name[1], len(self.text))
        if "Task(" in line or "Agent(" in line or "`" in line:
            return
        loop = self._open.loop
        if self._commands.waits(line):
            self._record.add("wait", begin, end, loop=loop)
        elif words.waits(line) and not line.startswith("await "):
            self._record.describe_wait(begin, end, loop)
        elif words.looks_for_failure(line):
            self._record.add("branch", begin, end, loop=loop)
        elif words.uses_results(line):
            self._record.add("use", begin, end, loop=loop)
        elif self._results and "TaskOutput" not in line and not line.startswith("return"):
            for used in sorted(self._results.intersection(WORD.findall(line))):
                if name is None or name[0] != used:
                    self._record.add("use", begin, end, handle=used, loop=loop)
                    self._results.discard(used)

    def _trailing(self, start: int, end: int) -> None:
        """A comment after code. A mark in it judges the line alone."""
        comment = self.text[start:end]
        wrong = label_of(comment)
        if wrong is not None:
            self._record.judge_line(*self._line, wrong)
            return
        bound = stated_bound(comment)
        if bound is not None:
            self._loops.limit(bound)

    def _cut(self, wrong: bool) -> None:
        """From this line on the code is presented as `wrong` or right: a new example."""
        self._close(*self._open.close_all(), at=self._line[0])
        self._results.clear()
        self._record.cut(self._line[0], wrong)

    def _told(self, told: Told) -> None:
        """A launch without brackets."""
        if is_launch(told.arguments, tool=told.tool):
            step = self._record.add("launch", told.start, told.end, loop=self._open.loop)
            step.arguments, step.prompt, step.tool = told.arguments, prompt_of(told.arguments), told.tool

    # -- loops and conditions ----------------------------------------------------------------------------------

    def _head(self, begin: int, end: int) -> int:
        """Open the loop or condition that the line begins with; the answer is where its body or the code begins."""
        head = head_at(self.text, begin, end)
        if head is None:
            return begin
        if head.word in ("except", "catch"):
            self._record.add("branch", begin, end, loop=self._open.loop)
        loop = self._loops.draft(read_header(head.word, head.inside[:400]), begin, head.end) if head.is_loop else None
        level = self._open.braces if head.style == "brace" else begin - self._line[0]
        self._open.braces += head.style == "brace"
        self._open.open(head.style, level, loop)
        self._statement = head.body
        return head.body

    # -- inside a line -----------------------------------------------------------------------------------------

    def _scan(self, at: int, end: int) -> int:
        """Walk the code from `at` to the end of its line, or of the line on which the last call ends."""
        text = self.text
        while True:
            match = _ATOM.search(text, at, end)
            if match is None:
                return end
            word, start = match.group(), match.start()
            at = match.end()
            if word in "\"'`":
                at = self._after_string(start, end)
            elif word in ("#", "//", "/*"):
                if (word != "#" or self._hash_comments) and (start == 0 or text[start - 1] in " \t;,){}"):
                    self._trailing(start, end)
                    return end
            elif word in _WRONG_MARKS + _RIGHT_MARKS:
                self._record.judge_line(*self._line, word in _WRONG_MARKS)
                return end
            elif word in LAUNCHERS:
                at = self._launch(word, start, at)
            elif word[0].isalpha() or word[0] == ".":
                at = self._call(word, start, at)
            else:
                self._sign(word, at)
            if at > end:
                end = self._extents.line_end(at - 1)

    def _after_string(self, at: int, end: int) -> int:
        """The end of the string at `at`; plain quotes count only when they close on their line."""
        many_lines = self.text[at] == "`" or self.text.startswith(self.text[at] * 3, at)
        literal = self._strings.at(at, self._extents.limit(at) if many_lines else end)
        return literal.close if literal is not None else at + 1

    def _sign(self, sign: str, at: int) -> None:
        if sign in "()[]{}":
            self._close(*self._open.bracket(sign), at=at)
        if sign == "=>" or (sign in "{};" and self._open.between_statements):
            self._statement = at

    def _close(self, *blocks: Block, at: int) -> None:
        for block in blocks:
            if block.style == "join":
                # It stands before the launches in its parentheses and waits after them.
                self._record.add("wait", block.start, at, loop=self._open.loop).start = at
                name = self._open.keeper(block.statement)
                if name is not None:
                    self._results.add(name.removesuffix("[]"))

    def _launch(self, tool: str, start: int, at: int) -> int:
        """`Task(...)`; the answer is where the walk goes on."""
        text = self.text
        at = self._extents.after_blanks(at)
        if at >= len(text) or text[at] != "(" or (start and text[start - 1] in ".\"'"):
            return at
        group = self._extents.group(start, at)
        end = group.end
        arguments = read_arguments(self.code, group)
        line_end = self._extents.line_end(end)
        if group.closed and text.startswith(":", end) and text[end + 1 : line_end].strip():
            # `Task(subagent_type="qa"): You are ...`, `Agent(Explore): "List all callers"`
            said = text[end + 1 : line_end].strip()
            typed = [value for value in arguments.positional if _TYPE.fullmatch(value.text)]
            if not arguments.named and len(arguments.positional) == len(typed) == 1 and said[0] in '"“':
                arguments.named["subagent_type"] = arguments.positional.pop()._replace(is_string=True)
            if arguments.named:
                arguments.named.setdefault("prompt", string_value(self.code, end + 1, line_end))
                end = line_end
        if not is_launch(arguments, tool=tool, written=text[at:end]):
            return end if group.closed else at
        prefix = text[self._statement : start]
        loop = self._open.loop
        over = _COMPREHENSION.match(text, end)
        if over is not None and self._open.between_statements and "\n" in over.group():
            over = None  # the next statement is a loop of its own
        if over is not None:
            stop = condition_end(text, over.end(), self._extents.line_end(over.end()), closers=True)
            loop = self._loops.draft(Header(over.group(1), text[over.end() : stop].strip()[:200]), over.start(), stop)
        step = self._record.add("launch", start, end, loop=loop)
        step.arguments, step.prompt, step.tool = arguments, prompt_of(arguments), tool
        awaited = prefix.rstrip().endswith("await")
        step.awaited = awaited or self._open.joined
        step.handle = self._open.keeper(prefix, listed=over is not None)
        if awaited and step.handle is not None and arguments.get("run_in_background") is None:
            self._results.add(step.handle)
        return end

    def _call(self, word: str, start: int, at: int) -> int:
        """A call, or a word, that joins, asks or marks; the answer is where the walk goes on."""
        text = self.text
        at = self._extents.after_blanks(at)
        if word[0] == ".":
            return self._mapped(start, at)
        if word in ("catch", "except", "return_exceptions"):
            self._record.add("branch", start, at, loop=self._open.loop)
        elif word == "await":
            name = WORD.match(text, at)
            if name is not None and text[name.end() : name.end() + 1] in ("", ";", "\n", ")", " "):
                self._record.add("wait", start, name.end(), handle=name.group(), loop=self._open.loop)
        elif word == "sleep":
            self._joins.poll(start, self._line[1], self._line)
        elif word.endswith(("all", "allSettled", "gather", "any", "race")):
            return self._join(word, start, at) if text.startswith("(", at) else at
        elif text.startswith("(", at):
            group = self._extents.group(start, at)
            self._joins.called(word, start, at, group, self._statement, self._line)
            return group.end
        else:
            self._joins.named(word, start, at, self._extents.line_end(start), self._line)
        return at

    def _mapped(self, start: int, at: int) -> int:
        """`.map(t => ...)`: a loop until its parenthesis closes."""
        before = self.text[self._statement : start]
        over = before[before.rfind("=") + 1 :].strip()[-200:].removeprefix("return ").strip()
        if "(" in over and not over.endswith(")"):
            over = over[max(over.rfind("("), over.rfind(" ")) + 1 :]
        variable = _PARAMETER.match(self.text, at, min(len(self.text), at + 80))
        header = Header(variable.group(1) if variable is not None else None, over or "items")
        self._open.parens += 1
        self._open.open("paren", self._open.parens, self._loops.draft(header, start, at), statement=before)
        return at

    def _join(self, word: str, start: int, at: int) -> int:
        """`Promise.all(`: waits for everything in its parentheses when they close."""
        self._open.parens += 1
        before = self.text[self._statement : start]
        self._open.open("join", self._open.parens, statement=before, start=start)
        if word.endswith("allSettled"):
            self._record.add("branch", start, at, loop=self._open.loop)
        return at + 1
