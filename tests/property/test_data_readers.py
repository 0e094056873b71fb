"""Properties of the YAML and JSON readers: nothing crashes them, and they agree with independent readers."""

import io
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from planlint.readers.document import Document
from planlint.readers.front_matter import split_front_matter
from planlint.readers.json import read_json, read_jsonc, read_jsonl
from planlint.readers.prose import Prose
from planlint.readers.toml import read_toml
from planlint.readers.tree import Mapping, Node, Scalar, Sequence
from planlint.readers.yaml import read_yaml
from planlint.readers.yaml.events import c_parser
from planlint.source import Source

WORDS = st.text(
    st.characters(
        codec="utf-8", exclude_characters="\x85\u2028\u2029\ufeff", exclude_categories=("Cc", "Cs", "Cn", "Co")
    ),
    max_size=30,
)
LINES = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS | LINES
DATA = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=15,
)
YAMLISH = st.lists(
    st.sampled_from(
        [
            "a",
            "b: ",
            "- ",
            "\n",
            "\n  ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "'",
            '"',
            "|\n",
            ">-\n",
            "&x ",
            "*x",
            "<<: ",
            "!t ",
            "# c",
            *(
                "---\n",
                "? ",
                ": ",
                "\t",
                "1",
                "~",
                "\\n",
                "\r\n",
                "\u2028",
                "😀",
                "\0",
                "%Y",
                "`",
                "```\n",
                "=======\n",
            ),
        ]
    ),
    max_size=25,
).map("".join)


def scalars(node: Node | None) -> list[Scalar]:
    if isinstance(node, Mapping):
        return [*node.keys.values(), *(leaf for value in node.values.values() for leaf in scalars(value))]
    if isinstance(node, Sequence):
        return [leaf for item in node for leaf in scalars(item)]
    return [node] if isinstance(node, Scalar) else []


def nodes(node: Node | None) -> list[Node]:
    below: list[Node] = []
    if isinstance(node, Mapping):
        below = [inner for value in node.values.values() for inner in nodes(value)]
    elif isinstance(node, Sequence):
        below = [inner for item in node for inner in nodes(item)]
    return [] if node is None else [node, *below]


def dumped(data: Any) -> str:
    stream = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.dump(data, stream)
    return stream.getvalue()


def shape(document: Document) -> list[tuple[str, int, int]]:
    return [(type(node).__name__, node.start, node.end) for root in document.roots for node in nodes(root)]


@given(DATA)
def test_dumped_yaml_reads_as_its_data_and_each_scalar_again_from_its_place(data: Any) -> None:
    text = dumped(data)
    document = read_yaml(Source("p", text))
    assert document.problems == []
    assert document.root is not None
    assert document.root.plain == data
    for scalar in scalars(document.root):
        if scalar.style == "empty":
            continue
        again = read_yaml(Source("p", scalar.origin.text)).root
        assert isinstance(again, Scalar)
        assert (again.value, again.text) == (scalar.value, scalar.text)


@given(DATA)
def test_dumped_json_reads_as_its_data_and_each_scalar_again_from_its_place(data: Any) -> None:
    for text in (json.dumps(data), json.dumps(data, ensure_ascii=False, indent=2)):
        document = read_json(Source("p", text))
        assert document.problems == []
        assert document.root is not None
        assert document.root.plain == json.loads(text)
        for scalar in scalars(document.root):
            assert json.loads(scalar.origin.text) == scalar.value


@given(YAMLISH)
@settings(max_examples=300)
def test_both_parsers_build_the_same_tree(text: str) -> None:
    assert c_parser() is not None
    fast, slow = read_yaml(Source("p", text)), read_yaml(Source("p", text), pure=True)
    # Of a block scalar without a parent to be indented below, the two accept different first lines.
    bare = any(isinstance(root, Scalar) and root.style in ("literal", "folded") for root in fast.roots)
    if not fast.broken and not slow.broken and not bare:
        assert [root.plain for root in fast.roots] == [root.plain for root in slow.roots]
        assert shape(fast) == shape(slow)


@given(YAMLISH | st.text())
@settings(max_examples=300)
def test_no_text_makes_a_reader_fail(text: str) -> None:
    source = Source("p", text)
    documents = [read(source) for read in (read_yaml, read_json, read_jsonc, read_jsonl, read_toml)]
    mapping, body, _ = split_front_matter(source, lenient=True)
    assert 0 <= body <= len(text)
    documents.append(Document(source, "yaml", roots=[] if mapping is None else [mapping]))
    for document in documents:
        for problem in document.problems:
            assert 0 <= problem.origin.start <= problem.origin.end <= len(text)
        for root in document.roots:
            for node in nodes(root):
                assert 0 <= node.start <= node.end <= len(text)
            for scalar in scalars(root):
                prose = Prose.of_scalar(scalar)
                for at in range(len(prose.text)):
                    assert scalar.start <= prose.offset(at) <= scalar.end


@given(st.lists(st.sampled_from(["word", " ", "\n", "  ", "`", "é😀", "'", '"', "\\", ": ", "#", "```"])).map("".join))
@settings(max_examples=300)
def test_prose_characters_stand_where_they_were_written(text: str) -> None:
    body = "".join(f"  {line}\n" for line in text.split("\n"))
    texts = [json.dumps({"k": text}), dumped({"k": text}), f"k: |-\n{body}", f"k: >-\n{body}"]
    for index, written in enumerate(texts):
        source = Source("p", written)
        root = (read_yaml if index else read_json)(source).root
        if not isinstance(root, Mapping) or not isinstance(root.values.get("k"), Scalar):
            continue
        scalar = root.values["k"]
        assert isinstance(scalar, Scalar)
        prose = Prose.of_scalar(scalar)
        for at, character in enumerate(prose.text):
            if character not in "\n \\\"'" and character.isascii():
                assert written[prose.offset(at)] == character
