"""The walk through pseudo-code, line by line and call by call, that finds what it launches and how it joins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planlint.dialects.calls.arguments import Arguments, read_arguments
from planlint.dialects.calls.blocks import Told, read_told, string_value
from planlint.dialects.calls.brackets import Group, scan_group, string_at
from planlint.dialects.calls.fanout import Constants, Header, is_batching, read_header, stated_bound
from planlint.dialects.calls.judgement import label_of
from planlint.dialects.calls.launches import LAUNCHERS, is_launch, prompt_of
from planlint.dialects.calls.script import LoopDraft, Names, Segment, StepDraft, StepKind
from planlint.dialects.calls.shell import shell_command_at
from planlint.readers.prose import Prose

_LINE_LAUNCH = re.compile(
    r"^[ \t]*(?:[-*][ \t]+|\d{1,3}[.)][ \t]+)?(?:(?:const|let"
    r"|var)[ \t]+)?(?:[\w$.\[\]]{1,60}[ \t]*=[ \t]*)?(?:await[ \t]+)?"
    r"(?:Task|Agent)[ \t]*\(",
    re.MULTILINE,
)
_ATOM = re.compile(
    r"\b(?:Task|Agent|TaskOutput|AgentOutputTool|TaskUpdate|TaskList|TaskGet)\b"
    r"|\b(?:Promise\.(?:allSettled|all|any|race)|(?:asyncio\.)?gather|await|sleep|catch|except|allSettled"
    r"|return_exceptions)\b"
    r"|\.(?:map|flatMap|forEach)[ \t]*\(|=>|//|#|/\*|[\"'`(){}\[\];❌✗✘✅✓✔]"
)
_HEADER = re.compile(
    r"[ \t]*(?:\}[ \t]*)?(?:async[ \t]+)?(?P<word>for[ \t]+each|foreach|for|while|until|loop|repeat|elif|else[ \t]+if"
    r"|if|else|try|"
    r"except|catch|finally)\b(?:[ \t]+await\b)?",
    re.IGNORECASE,
)
_LOOPS = ("for", "foreach", "while", "until", "loop", "repeat")
_COMPREHENSION = re.compile(r"(?:\.\w+)?[ \t\n]*(?:async[ \t]+)?for[ \t]+([\w$]+|\([^()\n]{1,60}\))[ \t]+in[ \t]+")
_ASSIGNED = re.compile(
    r"\s*(?:(?:const|let|var)\s+)?([\w$.]{1,60}|[\[{(][^\]})=]{1,200}[\]})])(?:\s*:\s*[\w<>\[\]]{1,60})?\s*=(?![=>])\s*"
)
_PUSHED = re.compile(r"([\w$.]{1,60})\.(?:push|append|add|extend)\(\s*$")
_PUSH = re.compile(r"\b([\w$]{1,60})\.(?:push|append|add)\(\s*([\w$]{1,60})(?:\.\w{1,30})?\s*\)")
_ALIAS = re.compile(
    r"\s*(?:(?:const|let|var)\s+)?([\w$]{1,60})\s*=\s*([\w$]{1,60})\.(?:id|task_?id|agent_?id|taskId|agentId)\b"
)
_SETS = re.compile(r"\s*(?:(?:const|let|var|set)\s+)?([A-Za-z_$][\w$]{0,60})\s*(?::\s*\w+\s*)?=(?![=>])")
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_JUDGES = re.compile(
    r"\.(?:status|error|errors|success|ok|failed|is_error|state)\b|\bstatus\s*(?:===?|!==?|is\b)(?!\s*[\"']?(?:pending"
    r"|open|todo|in_progress|available))|\b(?:if|when|unless|on|upon|handle|check|retry)\b[^\n]{0,80}"
    r"\b(?:fail\w*|errors?|null|None|undefined|timed? ?out|exceptions?|unsuccessful)\b|\bif\s+(?:not\s+"
    r"|!)?\(?!?(?:result|output|res|response)\w*"
    r"|\bretr(?:y|ies)\b|\bon[_ ]failure\b",
    re.IGNORECASE,
)
_NO_JUDGE = re.compile(r"\b(?:no|without|missing|ignor\w+|might|may|forgot)\b", re.IGNORECASE)
_WAITS = re.compile(
    r"\s*(?:#+|//|[-*•]|\d{1,3}[.)])?\s*(?:then,?\s+|now\s+)?(?:wait (?:for|until|on)|await (?:all|both|every"
    r"|completion|results)|block until|join all)\b",
    re.IGNORECASE,
)
_USES = re.compile(
    r"\s*(?:#+|//|[-*•]|\d{1,3}[.)])?\s*(?:then,?\s+)?(?:synthesi[sz]e|combine|aggregate|merge|process|collect"
    r"|summari[sz]e|consolidate)\b[^\n]{0,60}"
    r"\b(?:results?|findings?|outputs?|reports?)\b",
    re.IGNORECASE,
)
_NEW_MESSAGE = re.compile(r"\b(?:message|step|phase|turn|wave|round|stage)\s*#?(\d{1,3})\b", re.IGNORECASE)
_COMPLETES = re.compile(r"complete|done|finished", re.IGNORECASE)
_TREE = re.compile(r"[ \t]*[│├└┌─|+`\\ \t]*(?:├|└|─|│)[─ \t]*")


@dataclass(slots=True)
class _Block:
    """A construct that is open: how it closes, and the loop that it is (None for conditions)."""

    style: str
    """`brace` and `paren` close with their bracket at `level`, `indent` with a line not deeper than `level`, `line` with
    its line, `shell` with `done` or `fi`, `join` as `paren` and waits for all in it."""
    level: int
    loop: LoopDraft | None
    base: int
    """Open parentheses when its body begins: a statement ends where as many are open again."""
    statement: str = ""
    origin_start: int = 0


class Walk:
    """One walk through `code`. `segments` holds the result."""

    def __init__(self, code: Prose, *, wrong: bool, message: int, hash_comments: bool) -> None:
        self.code = code
        self.text = code.text
        self.names = Names()
        self.results: set[str] = set()
        self.segments = [Segment(0, wrong)]
        self._wrong = wrong
        self._message = message
        self._message_word: str | None = None
        self._hash_comments = hash_comments
        self._constants = Constants()
        self._blocks: list[_Block] = []
        self._braces = 0
        self._parens = 0
        self._loops = 0
        self._statement = 0
        self._comment_bound: int | None = None
        self._line = (0, 0)
        self._heads = [match.start() for match in _LINE_LAUNCH.finditer(self.text)]
        self._next_head = 0
        self._soft_waits: list[StepDraft] = []

    # -- lines -------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Walk to the end. Linear; never raises on any text."""
        at = 0
        while at < len(self.text):
            at = self._line_at(at)
        self._close_all(len(self.text))
        self.segments[-1].end = len(self.text)
        if not any(step.kind in ("wait", "poll") for segment in self.segments for step in segment.steps):
            # Where code waits, comments only describe it; where nothing does, they are the waiting.
            for step in self._soft_waits:
                for segment in self.segments:
                    if segment.start <= step.start < segment.end:
                        segment.steps.append(step)

    def _line_at(self, at: int) -> int:
        """Walk the line at `at` and all that is begun on it; the answer is the start of the next line."""
        text = self.text
        end = self._line_end(at)
        self._line = (at, end)
        line = text[at:end]
        stripped = line.strip()
        if not stripped:
            self._comment_bound = None
            return end + 1
        tree = _TREE.match(text, at, end)
        begin = tree.end() if tree is not None else at + len(line) - len(line.lstrip())
        if self._parens == self._base():
            self._dedent(begin - at, stripped)
            self._statement = begin
        if self._is_comment(begin, end) and not text.startswith("#!", begin):
            self._comment(begin, end)
            return end + 1
        label = label_of(stripped) if stripped[0] in "❌✗✘⛔🚫👎✅✓✔👍" else None
        if label is not None:
            self._cut(at, label)
        command = shell_command_at(text, begin, end)
        if command is not None:
            self._add("shell", begin, command, text=text[begin:command])
            return self._line_end(command) + 1
        told = read_told(self.code, at)
        if told is not None:
            self._told(told)
            return self._line_end(told.end) + 1
        self._words_of_line(begin, end)
        stop = self._scan(self._head(begin, end), end)
        self._close_lines(stop)
        return stop + 1

    def _is_comment(self, begin: int, end: int) -> bool:
        text = self.text
        if text.startswith(("//", "/*", "<!--", "* "), begin) or text.startswith("--", begin):
            return True
        return self._hash_comments and text[begin] == "#" and begin < end

    def _comment(self, begin: int, end: int) -> None:
        """A line that is a comment: a judgement, a bound, the number of a message, or words about failure."""
        line = self.text[begin:end]
        label = label_of(line)
        if label is not None:
            self._cut(self._line[0], label)
            return
        bound = stated_bound(line)
        if bound is not None:
            self._comment_bound = bound
            for block in self._blocks:
                if block.loop is not None and block.loop.bound is None:
                    block.loop.bound = bound
        numbered = _NEW_MESSAGE.search(line)
        if numbered is not None and numbered.group().lower() != self._message_word:
            if self._message_word is not None:
                self._message += 1
            self._message_word = numbered.group().lower()
        self._soft(begin, end, line)

    def _soft(self, begin: int, end: int, line: str) -> None:
        """Words of a comment or of plain text that wait, use results or look for failure."""
        if _WAITS.match(line):
            self._soft_waits.append(self._step("wait", begin, end))
        elif _JUDGES.search(line) and not _NO_JUDGE.search(line):
            self._add("branch", begin, end)
        elif _USES.match(line):
            self._add("use", begin, end)

    def _words_of_line(self, begin: int, end: int) -> None:
        """What a line of code or text says in words, whatever calls are on it."""
        line = self.text[begin:end]
        for match in _PUSH.finditer(line):
            self.names.same(f"{match.group(1)}[]", match.group(2))
        alias = _ALIAS.match(line)
        if alias is not None:
            self.names.same(alias.group(2), alias.group(1))
        sets = _SETS.match(line)
        if sets is not None:
            self._constants.learn(sets.group(1), self.text, begin + sets.end(), len(self.text))
        if "Task(" in line or "Agent(" in line or "`" in line:
            return
        if _WAITS.match(line) and not line.startswith("await "):
            self._soft_waits.append(self._step("wait", begin, end))
        elif _JUDGES.search(line):
            self._add("branch", begin, end)
        elif _USES.match(line):
            self._add("use", begin, end)
        elif self.results and "TaskOutput" not in line and not line.startswith("return"):
            words = set(_WORD.findall(line))
            for name in sorted(self.results & words):
                if not (sets is not None and sets.group(1) == name):
                    self._add("use", begin, end, handle=name)
                    self.results.discard(name)

    # -- heads of loops and conditions -------------------------------------------------------------------------

    def _head(self, begin: int, end: int) -> int:
        """Open the loop or condition that the line begins with; the answer is where its body or the code begins."""
        text = self.text
        match = _HEADER.match(text, begin, end)
        if match is None or (match.end() < end and text[match.end()] in ".=:_" and text[match.end()] != ":"):
            return begin
        word = match.group("word").lower().split()[0]
        if word in ("except", "catch"):
            self._add("branch", begin, end)
        is_loop = word in _LOOPS
        at = match.end()
        while at < end and text[at] in " \t":
            at += 1
        opener = at < end and text[at] == "("
        if opener:
            group = scan_group(text, at, end)
            inside, after = text[at + 1 : group.end - 1] if group.closed else text[at + 1 : end], group.end
        else:
            if (
                is_loop
                and word in ("for", "foreach")
                and not re.match(r"[^\n:{]{1,200}\b(?:in|of)\b|each\b|all\b|\(\(", text[at:end])
            ):
                return begin
            stop = self._header_end(at, end)
            inside, after = text[at:stop], stop
        origin_end = after
        while after < end and text[after] in " \t:;":
            after += 1
        if text.startswith(("do", "then"), after) and not text[after : after + 5].strip().isalnum():
            after += 2 if text.startswith("do", after) else 4
        loop = self._open_loop(read_header(word, inside[:400]), begin, origin_end) if is_loop else None
        rest = text[after:end].strip()
        if self._ends_with_shell_word(begin, end):
            style, level = "shell", 0
        elif rest.startswith("{"):
            style, level = "brace", self._braces
            after = text.index("{", after) + 1
            self._braces += 1
        elif not rest or rest.startswith(("#", "//")):
            style, level = "indent", self._indent(begin)
        else:
            style, level = "line", 0
        self._blocks.append(_Block(style, level, loop, self._parens))
        self._statement = after
        return after

    def _header_end(self, at: int, end: int, *, closers: bool = False) -> int:
        """The end of a header without parentheses: before the colon, brace or semicolon that is outside of brackets.

        With `closers`, also before a bracket that was opened earlier.
        """
        depth = 0
        for position in range(at, end):
            sign = self.text[position]
            if sign in "([{":
                if sign == "{" and depth == 0:
                    return position
                depth += 1
            elif sign in ")]}":
                if closers and depth == 0:
                    return position
                depth -= 1
            elif depth <= 0 and (
                sign == ";" or (sign == ":" and self.text[position + 1 : position + 2] in (" ", "\n", ""))
            ):
                return position
        return end

    def _ends_with_shell_word(self, begin: int, end: int) -> bool:
        words = self.text[begin:end].replace(";", " ").split()
        return bool(words) and words[-1] in ("do", "then")

    def _indent(self, begin: int) -> int:
        return begin - self._line[0]

    def _open_loop(self, header: Header, start: int, end: int) -> LoopDraft:
        """A new loop inside the ones that are open; a loop over one batch of another is batched, and so is that one."""
        outer = self._loop()
        bound = header.count if header.count is not None else self._constants.bound(header.over)
        draft = LoopDraft(
            self._loops,
            header.variable,
            header.over,
            self.code.origin(start, end),
            header.conditional,
            bound if not header.conditional else None,
            is_batching(header.over) and not header.conditional,
            outer,
        )
        self._loops += 1
        if draft.bound is None and self._comment_bound is not None and not header.conditional:
            draft.bound = self._comment_bound
        above = outer
        while above is not None:
            if above.variable is not None and above.variable == draft.root:
                draft.batched = True
                above.batched = True
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
                literal = string_at(text, start, self._limit(start))
                if literal is not None and literal.close > end and word != "`" and text[start : start + 3] != word * 3:
                    literal = string_at(text, start, end)
                if literal is not None:
                    at = literal.close
                    end = self._line_end(max(at - 1, 0)) if at > end else end
            elif word in ("#", "//", "/*"):
                if (word != "#" or self._hash_comments) and (start == 0 or text[start - 1] in " \t;,){}"):
                    self._trailing(start, end)
                    return end
            elif word in "❌✗✘✅✓✔":
                self._judge_line(word in "❌✗✘")
                return end
            elif word in LAUNCHERS:
                at = self._launch(word, start, at)
                end = self._line_end(max(at - 1, 0)) if at > end else end
            elif word[0].isalpha() or word[0] == ".":
                at = self._call(word, start, at)
                end = self._line_end(max(at - 1, 0)) if at > end else end
            else:
                self._sign(word, at)

    def _sign(self, sign: str, at: int) -> None:
        if sign == "(" or sign == "[":
            self._parens += 1
        elif sign in ")]":
            self._parens = max(0, self._parens - 1)
            while (
                self._blocks and self._blocks[-1].style in ("paren", "join") and self._parens < self._blocks[-1].level
            ):
                self._close(self._blocks.pop(), at)
        elif sign == "{":
            self._braces += 1
            if self._parens == self._base():
                self._statement = at
        elif sign == "}":
            self._braces = max(0, self._braces - 1)
            while self._blocks and self._blocks[-1].style == "brace" and self._braces <= self._blocks[-1].level:
                self._close(self._blocks.pop(), at)
            if self._parens == self._base():
                self._statement = at
        elif sign == "=>" or (sign == ";" and self._parens == self._base()):
            self._statement = at

    def _launch(self, tool: str, start: int, at: int) -> int:
        """`Task(...)`; the answer is where the walk goes on."""
        text = self.text
        while at < len(text) and text[at] in " \t":
            at += 1
        if at >= len(text) or text[at] != "(" or (start and text[start - 1] in ".\"'"):
            return at
        group, end = self._group(start, at)
        arguments = read_arguments(self.code, group)
        if not is_launch(arguments, tool=tool, written=text[at:end]):
            return at if not group.closed else end
        prefix = text[self._statement : start]
        awaited = prefix.rstrip().endswith("await")
        loop = self._loop()
        over = _COMPREHENSION.match(text, end)
        if over is not None:
            stop = self._header_end(over.end(), self._line_end(over.end()), closers=True)
            header = Header(over.group(1), text[over.end() : stop].strip()[:200])
            loop = self._open_loop(header, over.start(), stop)
        following = None
        line_end = self._line_end(end)
        if text.startswith(":", end) and text[end + 1 : line_end].strip() and "prompt" not in arguments.named:
            following = string_value(self.code, end + 1, line_end)
            arguments.named["prompt"] = following
            end = line_end
        step = self._add("launch", start, end, loop=loop)
        step.arguments = arguments
        step.prompt = prompt_of(arguments)
        step.tool = tool
        step.awaited = awaited or self._joined()
        step.handle = self._handle(prefix, over is not None)
        if awaited and step.handle is not None and arguments.get("run_in_background") is None:
            self.results.add(step.handle)
        return end

    def _call(self, word: str, start: int, at: int) -> int:
        """A call, or a word, that joins, asks or marks; the answer is where the walk goes on."""
        text = self.text
        while at < len(text) and text[at] in " \t":
            at += 1
        called = at < len(text) and text[at] == "("
        if word[0] == ".":
            return self._mapped(start, at)
        if word == "await":
            name = _WORD.match(text, at)
            if name is not None and text[name.end() : name.end() + 1] in ("", ";", "\n", ")", " "):
                self._add("wait", start, name.end(), handle=name.group())
            return at
        if word in ("catch", "except", "allSettled", "return_exceptions"):
            self._add("branch", start, at)
            return at
        if word == "sleep":
            loop = self._conditional_loop()
            if loop is not None and not loop.polled:
                loop.polled = True
                self._add("poll", start, self._line[1], text=text[self._line[0] : self._line[1]].strip())
            return at
        if word.endswith(("all", "allSettled", "gather", "any", "race")):
            if called:
                self._open_join(start, at)
                if word.endswith("allSettled"):
                    self._add("branch", start, at)
                return at + 1
            return at
        if not called:
            return self._named(word, start, at)
        group, end = self._group(start, at)
        arguments = read_arguments(self.code, group)
        if word in ("TaskOutput", "AgentOutputTool"):
            self._output(arguments, start, end)
        elif word == "TaskUpdate":
            if _COMPLETES.search(text[at:end]):
                self._add("update", start, end, text=text[start:end])
        else:
            self._query(start, end)
        return end

    def _named(self, word: str, start: int, at: int) -> int:
        """`TaskList`, `TaskUpdate task1 --status completed`, `[TaskOutput with task_id]`: told without brackets."""
        line_end = self._line_end(start)
        rest = self.text[at:line_end]
        if word == "TaskUpdate":
            if _COMPLETES.search(rest):
                self._add("update", start, line_end, text=self.text[start:line_end])
        elif word in ("TaskList", "TaskGet"):
            self._query(start, at)
        elif word == "TaskOutput" and self.text[max(0, start - 1) : start] in ("[", "\n", " ", ""):
            self._add("wait", start, line_end)
        return at

    def _query(self, start: int, end: int) -> None:
        """A question for the state of the task list: polling when it is asked again and again."""
        loop = self._conditional_loop()
        if loop is not None and not loop.polled:
            loop.polled = True
            self._add("poll", start, end, text=self.text[self._line[0] : self._line[1]].strip())

    def _output(self, arguments: Arguments, start: int, end: int) -> None:
        """`TaskOutput(...)`: waits, unless `block: false` asks for the state only."""
        block = arguments.get("block")
        named = arguments.get("task_id", "taskId", "id", "agent_id", "bash_id")
        if named is None and arguments.positional:
            named = arguments.positional[0]
        handle = self._told_handle(named.text) if named is not None and not named.is_string else None
        if block is not None and block.text.strip().lower() == "false":
            loop = self._loop()
            if loop is not None and self._conditional_loop() is not None:
                loop.polled = True
                self._add("poll", start, end, handle=handle, text=self.text[start:end])
            return
        self._add("wait", start, end, handle=handle)
        if self._handle(self.text[self._statement : start], False) is not None:
            self._add("use", start, end, handle=handle)

    def _told_handle(self, expression: str) -> str | None:
        """The name in `exploration_task.id`; the list in `id` where a loop takes `id` from it."""
        match = _WORD.match(expression.strip())
        if match is None:
            return None
        name = match.group()
        loop = self._loop()
        while loop is not None:
            if loop.variable == name:
                return f"{loop.root}[]"
            loop = loop.parent
        return name

    def _mapped(self, start: int, at: int) -> int:
        """`.map(t => ...)`: a loop until its parenthesis closes."""
        text = self.text
        self._parens += 1
        before = text[self._statement : start].rstrip()
        over = before[before.rfind("=") + 1 :].strip()[-200:] if before else "items"
        over = over.removeprefix("return ").strip()
        cut = max(over.rfind("("), over.rfind(" ")) if "(" in over and not over.endswith(")") else -1
        over = over[cut + 1 :] or "items"
        variable = re.match(r"\s*(?:async\s+)?\(?\s*([\w$]+)", text[at : at + 80])
        header = Header(variable.group(1) if variable else None, over)
        loop = self._open_loop(header, start, at)
        self._blocks.append(_Block("paren", self._parens, loop, self._parens, text[self._statement : start]))
        return at

    def _open_join(self, start: int, at: int) -> None:
        """`Promise.all(`: waits for everything in its parentheses when they close."""
        self._parens += 1
        statement = text = self.text[self._statement : start]
        self._blocks.append(_Block("join", self._parens, self._loop(), self._parens, statement, start))
        if "await" not in text and not text.strip():
            self._blocks[-1].statement = ""

    # -- what is open ------------------------------------------------------------------------------------------

    def _base(self) -> int:
        return self._blocks[-1].base if self._blocks else 0

    def _loop(self) -> LoopDraft | None:
        """The innermost loop that is open."""
        for block in reversed(self._blocks):
            if block.loop is not None:
                return block.loop
        return None

    def _conditional_loop(self) -> LoopDraft | None:
        """The innermost `while` that is open: what stands in it is asked again and again."""
        loop = self._loop()
        while loop is not None and not loop.conditional:
            loop = loop.parent
        return loop

    def _joined(self) -> bool:
        return any(block.style == "join" for block in self._blocks)

    def _close(self, block: _Block, at: int) -> None:
        if block.style == "join":
            # It stands before the launches in its parentheses and waits after them.
            self._add("wait", block.origin_start, at).start = at
            name = self._handle(block.statement, False)
            if name is not None:
                self.results.add(name)

    def _close_lines(self, at: int) -> None:
        while self._blocks and self._blocks[-1].style == "line":
            self._close(self._blocks.pop(), at)

    def _dedent(self, indent: int, line: str) -> None:
        """Close what ends before a line with this indentation, or with this closing word."""
        if line.rstrip(";").rstrip() in ("done", "fi", "end"):
            for index in range(len(self._blocks) - 1, -1, -1):
                if self._blocks[index].style == "shell":
                    del self._blocks[index:]
                    return
        while self._blocks and self._blocks[-1].style == "indent" and indent <= self._blocks[-1].level:
            self._blocks.pop()

    def _close_all(self, at: int) -> None:
        while self._blocks:
            self._close(self._blocks.pop(), at)

    # -- steps -------------------------------------------------------------------------------------------------

    def _told(self, told: Told) -> None:
        """A launch without brackets."""
        if not is_launch(told.arguments, tool=told.tool):
            return
        step = self._add("launch", told.start, told.end)
        step.arguments = told.arguments
        step.prompt = prompt_of(told.arguments)
        step.tool = told.tool

    def _step(self, kind: StepKind, start: int, end: int) -> StepDraft:
        return StepDraft(kind, start, self.code.origin(start, end), loop=self._loop(), message=self._message)

    def _add(
        self,
        kind: StepKind,
        start: int,
        end: int,
        *,
        handle: str | None = None,
        loop: LoopDraft | None = None,
        text: str | None = None,
    ) -> StepDraft:
        step = self._step(kind, start, end)
        step.handle = handle
        step.text = text
        if loop is not None:
            step.loop = loop
        self.segments[-1].steps.append(step)
        return step

    def _cut(self, at: int, wrong: bool) -> None:
        """Begin a new segment, judged `wrong` or right."""
        self._close_all(at)
        self._parens = self._braces = 0
        self.results.clear()
        if self.segments[-1].steps or at > self.segments[-1].start:
            self.segments[-1].end = at
            self.segments.append(Segment(at, wrong))
        else:
            self.segments[-1].wrong = wrong
        self._wrong = wrong

    def _trailing(self, start: int, end: int) -> None:
        """A comment after code. A mark in it judges the line alone."""
        comment = self.text[start:end]
        wrong = label_of(comment)
        if wrong is None:
            bound = stated_bound(comment)
            loop = self._loop()
            if bound is not None and loop is not None and loop.bound is None:
                loop.bound = bound
            return
        self._judge_line(wrong)

    def _judge_line(self, wrong: bool) -> None:
        begin, end = self._line
        current = self.segments[-1]
        own = [step for step in current.steps if step.start >= begin]
        if not own or current.wrong == wrong:
            return
        current.steps = [step for step in current.steps if step.start < begin]
        current.end = begin
        self.segments.append(Segment(begin, wrong, own, end))
        self.segments.append(Segment(end, self._wrong))

    def _handle(self, prefix: str, listed: bool) -> str | None:
        """Who keeps what a call gives back, told from what stands before it in its statement."""
        assigned = _ASSIGNED.match(prefix)
        if assigned is not None:
            name = assigned.group(1).strip()
            first = _WORD.search(name)
            many = listed or self._in_list(prefix[assigned.end() :])
            if name[0] in "[{(":
                return first.group() if first is not None else None
            return f"{name}[]" if many else name
        pushed = _PUSHED.search(prefix) or _PUSHED.search(prefix.replace("await", "").rstrip())
        if pushed is not None:
            return f"{pushed.group(1)}[]"
        if prefix.split()[:1] in (["return"], ["yield"]):
            return "return"
        for block in reversed(self._blocks):
            if block.style in ("paren", "join"):
                kept = _ASSIGNED.match(block.statement) or _PUSHED.search(block.statement)
                if kept is not None:
                    return f"{kept.group(1)}[]"
                if block.style == "join":
                    return "gather"
                if "=" not in block.statement and block.statement.strip().startswith(("return", "(")):
                    return "return"
        return None

    @staticmethod
    def _in_list(text: str) -> bool:
        return text.strip().startswith("[")

    # -- text --------------------------------------------------------------------------------------------------

    def _group(self, start: int, at: int) -> tuple[Group, int]:
        """The parentheses at `at`; one that never closes ends before the next call, or at the next blank line."""
        limit = self._limit(start)
        group = scan_group(self.text, at, limit)
        if group.closed:
            return group, group.end
        group = (
            scan_group(self.text, at, len(self.text)) if limit < len(self.text) and self._is_long(at, limit) else group
        )
        if group.closed:
            return group, group.end
        blank = self.text.find("\n\n", at, limit)
        end = blank if blank >= 0 else limit
        tokens = tuple(token for token in group.tokens if token.end <= end)
        return Group(tokens, end, False), end

    def _is_long(self, at: int, limit: int) -> bool:
        """Whether the text up to `limit` is inside a triple-quoted or template string that was opened after `at`."""
        part = self.text[at:limit]
        return part.count('"""') % 2 == 1 or part.count("'''") % 2 == 1

    def _limit(self, start: int) -> int:
        """Where the next call begins a line after `start`: nothing that is open at `start` reaches beyond."""
        while self._next_head < len(self._heads) and self._heads[self._next_head] <= start:
            self._next_head += 1
        index = self._next_head
        if index < len(self._heads) and self._heads[index] <= start:
            index += 1
        return self._heads[index] if index < len(self._heads) else len(self.text)

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return end if end >= 0 else len(self.text)
