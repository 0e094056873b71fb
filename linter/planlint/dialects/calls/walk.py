"""The walk through pseudo-code, line by line and call by call, that finds what it launches and how it joins."""

from __future__ import annotations

import re

from planlint.dialects.calls import words
from planlint.dialects.calls.arguments import Arguments, read_arguments
from planlint.dialects.calls.blocks import Told, read_told, string_value
from planlint.dialects.calls.brackets import Group, Strings, scan_group
from planlint.dialects.calls.fanout import Constants, Header, is_batching, read_header, stated_bound
from planlint.dialects.calls.handles import WORD, same_names, set_name
from planlint.dialects.calls.heads import condition_end, head_at
from planlint.dialects.calls.judgement import label_of
from planlint.dialects.calls.launches import LAUNCHERS, is_launch, prompt_of
from planlint.dialects.calls.openings import Block, Openings
from planlint.dialects.calls.recorder import Recorder
from planlint.dialects.calls.script import LoopDraft, Names, Segment
from planlint.dialects.calls.shell import shell_command_at
from planlint.readers.prose import Prose

_LINE_LAUNCH = re.compile(
    r"^[ \t]*(?:[-*][ \t]+|\d{1,3}[.)][ \t]+)?(?:(?:const|let|var)[ \t]+)?(?:[\w$.\[\]]{1,60}[ \t]*=[ \t]*)?"
    r"(?:await[ \t]+)?(?:Task|Agent)[ \t]*\(",
    re.MULTILINE,
)
_ATOM = re.compile(
    r"\b(?:Task|Agent|TaskOutput|AgentOutputTool|TaskUpdate|TaskList|TaskGet)\b"
    r"|\b(?:Promise\.(?:allSettled|all|any|race)|(?:asyncio\.)?gather|await|sleep|catch|except|return_exceptions)\b"
    r"|\.(?:map|flatMap|forEach)[ \t]*\(|=>|//|#|/\*|[\"'`(){}\[\];❌✗✘✅✓✔]"
)
_COMPREHENSION = re.compile(r"(?:\.\w+)?[ \t\n]*(?:async[ \t]+)?for[ \t]+([\w$]+|\([^()\n]{1,60}\))[ \t]+in[ \t]+")
_PARAMETER = re.compile(r"\s*(?:async\s+)?\(?\s*([\w$]+)")
_TREE = re.compile(r"[ \t]*[│├└┌─|+`\\ \t]*(?:├|└|─|│)[─ \t]*")
_WRONG_MARKS, _RIGHT_MARKS = "❌✗✘⛔🚫👎", "✅✓✔👍"


class Walk:
    """One walk through `code`; `run` gives the segments, `names` tells which handles are one agent's."""

    def __init__(self, code: Prose, *, wrong: bool, message: int, hash_comments: bool) -> None:
        self.code = code
        self.text = code.text
        self.names = Names()
        self._record = Recorder(code, wrong=wrong, message=message)
        self._open = Openings()
        self._constants = Constants()
        self._strings = Strings(self.text)
        self._hash_comments = hash_comments
        self._results: set[str] = set()
        """Names that hold what an agent gave back and that nothing has used yet."""
        self._loops = 0
        self._statement = 0
        """Where the current statement begins."""
        self._line = (0, 0)
        self._comment_bound: int | None = None
        """How many at once the comment right above allows."""
        self._message_word: str | None = None
        self._heads = [match.start() for match in _LINE_LAUNCH.finditer(self.text)]
        self._next_head = 0
        self._rescanned = 0
        """Characters read twice because a call's end was not where the next one begins; bounded."""

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
        end = self._line_end(at)
        self._line = (at, end)
        stripped = text[at:end].strip()
        if not stripped:
            self._comment_bound = None
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
            self._record.add("shell", begin, command, loop=self._open.loop, text=text[begin:command])
            return self._line_end(command) + 1
        told = read_told(self.code, at)
        if told is not None:
            self._told(told)
            return self._line_end(told.end) + 1
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
        bound = stated_bound(line)
        if bound is not None:
            self._comment_bound = bound
            self._bound_loops(bound)
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
        name = set_name(line)
        if name is not None:
            self._constants.learn(name[0], self.text, begin + name[1], len(self.text))
        if "Task(" in line or "Agent(" in line or "`" in line:
            return
        loop = self._open.loop
        if words.waits(line) and not line.startswith("await "):
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
            self._bound_loops(bound)

    def _bound_loops(self, bound: int) -> None:
        """A comment in a loop says how many run at once."""
        for block in self._open.blocks:
            if block.loop is not None and block.loop.bound is None and not block.loop.conditional:
                block.loop.bound = bound

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
        loop = self._loop_of(read_header(head.word, head.inside[:400]), begin, head.end) if head.is_loop else None
        level = self._open.braces if head.style == "brace" else begin - self._line[0]
        self._open.braces += head.style == "brace"
        self._open.open(head.style, level, loop)
        self._statement = head.body
        return head.body

    def _loop_of(self, header: Header, start: int, end: int) -> LoopDraft:
        """A new loop inside the ones that are open; a loop over one batch of another is batched, and so is that one."""
        outer = self._open.loop
        bound = header.rounds if header.rounds is not None else self._constants.bound(header.over)
        draft = LoopDraft(
            self._loops,
            header.variable,
            header.over,
            self.code.origin(start, end),
            header.conditional,
            None if header.conditional else bound,
            is_batching(header.over) and not header.conditional,
            outer,
        )
        self._loops += 1
        if draft.bound is None and not header.conditional:
            draft.bound = self._comment_bound
        above = outer
        while above is not None:
            if above.variable is not None and above.variable == draft.root:
                draft.batched = above.batched = True
                if draft.bound is None:
                    draft.bound = self._constants.chunk_size(above.over)
            above = above.parent
        return draft

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
                end = self._line_end(at - 1)

    def _after_string(self, at: int, end: int) -> int:
        """The end of the string at `at`; plain quotes count only when they close on their line."""
        many_lines = self.text[at] == "`" or self.text.startswith(self.text[at] * 3, at)
        literal = self._strings.at(at, self._limit(at) if many_lines else end)
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
        at = self._blanks(at)
        if at >= len(text) or text[at] != "(" or (start and text[start - 1] in ".\"'"):
            return at
        group = self._group(start, at)
        end = group.end
        arguments = read_arguments(self.code, group)
        if not is_launch(arguments, tool=tool, written=text[at:end]):
            return end if group.closed else at
        prefix = text[self._statement : start]
        loop = self._open.loop
        over = _COMPREHENSION.match(text, end)
        if over is not None and self._open.between_statements and "\n" in over.group():
            over = None  # the next statement is a loop of its own
        if over is not None:
            stop = condition_end(text, over.end(), self._line_end(over.end()), closers=True)
            loop = self._loop_of(Header(over.group(1), text[over.end() : stop].strip()[:200]), over.start(), stop)
        line_end = self._line_end(end)
        if text.startswith(":", end) and text[end + 1 : line_end].strip():
            # `Task(subagent_type="qa"): You are ...`
            arguments.named.setdefault("prompt", string_value(self.code, end + 1, line_end))
            end = line_end
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
        at = self._blanks(at)
        if word[0] == ".":
            return self._mapped(start, at)
        if word in ("catch", "except", "return_exceptions"):
            self._record.add("branch", start, at, loop=self._open.loop)
        elif word == "await":
            name = WORD.match(text, at)
            if name is not None and text[name.end() : name.end() + 1] in ("", ";", "\n", ")", " "):
                self._record.add("wait", start, name.end(), handle=name.group(), loop=self._open.loop)
        elif word == "sleep":
            self._poll(start, self._line[1])
        elif word.endswith(("all", "allSettled", "gather", "any", "race")):
            return self._join(word, start, at) if text.startswith("(", at) else at
        elif text.startswith("(", at):
            return self._called(word, start, at)
        else:
            self._named(word, start, at)
        return at

    def _called(self, word: str, start: int, at: int) -> int:
        """`TaskOutput(...)` and its like."""
        group = self._group(start, at)
        end = group.end
        if word in ("TaskOutput", "AgentOutputTool"):
            self._output(read_arguments(self.code, group), start, end)
        elif word != "TaskUpdate":
            self._poll(start, end)
        elif words.completes(self.text[at:end]):
            self._record.add("update", start, end, text=self.text[start:end], loop=self._open.loop)
        return end

    def _named(self, word: str, start: int, at: int) -> None:
        """`TaskList`, `TaskUpdate task1 --status completed`, `[TaskOutput with task_id]`: told without brackets."""
        end = self._line_end(start)
        if word == "TaskUpdate":
            if words.completes(self.text[at:end]):
                self._record.add("update", start, end, text=self.text[start:end], loop=self._open.loop)
        elif word in ("TaskList", "TaskGet"):
            self._poll(start, at)
        elif word == "TaskOutput" and self.text[max(0, start - 1) : start] in ("[", "\n", " ", ""):
            self._record.add("wait", start, end, loop=self._open.loop)

    def _poll(self, start: int, end: int) -> None:
        """A question for the state of things, or a pause: polling when a `while` asks it again and again."""
        loop = self._open.conditional_loop
        if loop is not None and not loop.polled:
            loop.polled = True
            text = self.text[self._line[0] : self._line[1]].strip()
            self._record.add("poll", start, end, text=text, loop=self._open.loop)

    def _output(self, arguments: Arguments, start: int, end: int) -> None:
        """`TaskOutput(...)`: waits, unless `block: false` asks for the state only."""
        block = arguments.get("block")
        named = arguments.get("task_id", "taskId", "id", "agent_id")
        if named is None and arguments.positional:
            named = arguments.positional[0]
        handle = self._handle_of(named.text) if named is not None and not named.is_string else None
        if block is not None and block.text.strip().lower() == "false":
            self._poll(start, end)
            return
        self._record.add("wait", start, end, handle=handle, loop=self._open.loop)
        if self._open.keeper(self.text[self._statement : start]) is not None:
            self._record.add("use", start, end, handle=handle, loop=self._open.loop)

    def _handle_of(self, expression: str) -> str | None:
        """The name in `exploration_task.id`; the list in `id` where a loop takes `id` from it."""
        match = WORD.match(expression.strip())
        if match is None:
            return None
        loop = self._open.loop
        while loop is not None:
            if loop.variable == match.group():
                return f"{loop.root}[]"
            loop = loop.parent
        return match.group()

    def _mapped(self, start: int, at: int) -> int:
        """`.map(t => ...)`: a loop until its parenthesis closes."""
        before = self.text[self._statement : start]
        over = before[before.rfind("=") + 1 :].strip()[-200:].removeprefix("return ").strip()
        if "(" in over and not over.endswith(")"):
            over = over[max(over.rfind("("), over.rfind(" ")) + 1 :]
        variable = _PARAMETER.match(self.text, at, min(len(self.text), at + 80))
        header = Header(variable.group(1) if variable is not None else None, over or "items")
        self._open.parens += 1
        self._open.open("paren", self._open.parens, self._loop_of(header, start, at), statement=before)
        return at

    def _join(self, word: str, start: int, at: int) -> int:
        """`Promise.all(`: waits for everything in its parentheses when they close."""
        self._open.parens += 1
        before = self.text[self._statement : start]
        self._open.open("join", self._open.parens, statement=before, start=start)
        if word.endswith("allSettled"):
            self._record.add("branch", start, at, loop=self._open.loop)
        return at + 1

    # -- text --------------------------------------------------------------------------------------------------

    def _group(self, start: int, at: int) -> Group:
        """The parentheses at `at`; one that never closes ends before the next call, or at the next blank line."""
        limit = self._limit(start)
        group = scan_group(self.text, at, limit)
        if not group.closed and self._in_long_string(at, limit) and self._rescanned < 4 * len(self.text):
            self._rescanned += len(self.text) - at
            group = scan_group(self.text, at, len(self.text))
        if group.closed:
            return group
        blank = self.text.find("\n\n", at, limit)
        end = blank if blank >= 0 else limit
        return Group(tuple(token for token in group.tokens if token.end <= end), end, False)

    def _in_long_string(self, at: int, limit: int) -> bool:
        """Whether a triple-quoted string that opened after `at` is still open at `limit`, and closes at all."""
        part = self.text[at:limit]
        return any(part.count(mark) % 2 == 1 and self.text.find(mark, limit) >= 0 for mark in ('"""', "'''"))

    def _limit(self, start: int) -> int:
        """Where the next call begins a line after `start`: nothing that is open at `start` reaches beyond."""
        while self._next_head < len(self._heads) and self._heads[self._next_head] <= start:
            self._next_head += 1
        return self._heads[self._next_head] if self._next_head < len(self._heads) else len(self.text)

    def _blanks(self, at: int) -> int:
        while at < len(self.text) and self.text[at] in " \t":
            at += 1
        return at

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return end if end >= 0 else len(self.text)
