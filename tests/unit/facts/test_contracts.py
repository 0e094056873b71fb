"""Contracts that a plan names: their ends, their shapes, and whether they are fixed first."""

import pytest
from made_plans import HERE, facts_of

from planlint.facts.agreement import signature_difference
from planlint.facts.events import handovers
from planlint.facts.signatures import (
    endpoint_key,
    endpoints_in,
    is_full_signature,
    is_vague,
    parse_signature,
    signatures_in,
)
from planlint.model import Contract, ContractRef

UPLOAD = "uploadAvatar(userId: string, file: Buffer): Promise<string>"


def contract(**fields) -> Contract:
    return Contract(**{"id": "avatar-api", "origin": HERE, **fields})


def difference(first: str, second: str) -> str | None:
    ours, theirs = parse_signature(first), parse_signature(second)
    return None if ours is None or theirs is None else signature_difference(ours, theirs)


def ref(**fields) -> ContractRef:
    return ContractRef(**{"contract": "avatar-api", "origin": HERE, **fields})


@pytest.mark.parametrize(
    "text",
    [
        UPLOAD,
        "export async function loadUser(id: string): Promise<User>",
        "type Store interface { Get(key string) ([]byte, bool); Set(key string, value []byte) }",
        "trait Codec { fn encode(&self) -> Vec<u8>; }",
        "Event `order.paid` {orderId, amount}, at least once",
        "def load(path: str, *, strict: bool = False) -> dict[str, int]",
        "fn parse(input: &str) -> Result<Ast, Error>",
        "func Get(ctx context.Context, id string) (User, error)",
        "interface UserSettings { theme: string; notifications: boolean }",
        "type Props = { data: TimeSeriesPoint[] }",
        "table user_settings (id uuid, theme text)",
        "CREATE TABLE IF NOT EXISTS settings (id INTEGER PRIMARY KEY, theme TEXT)",
        "UserCreated { user_id, email }",
        "PUT /api/profile { name: string } -> 200",
        "POST /api/login returns {token}",
        "`validate(input)`",
        "() => void: now(): Date",
    ],
)
def test_a_shape_to_build_against_is_full(text: str) -> None:
    assert is_full_signature(text)
    assert not is_vague(text)


@pytest.mark.parametrize(
    "text",
    [
        "will handle validation",
        "validateToken",
        "",
        "handles auth (see docs)",
        "handles errors {as needed}",
        "runs tests (unit, e2e)",
        "a nice API",
        "{}",
    ],
)
def test_prose_is_vague(text: str) -> None:
    assert is_vague(text)
    assert not is_full_signature(text)


@pytest.mark.parametrize("text", ["login()", "GET /users"])
def test_a_name_without_shape_is_neither_vague_nor_full(text: str) -> None:
    assert not is_vague(text)
    assert not is_full_signature(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (UPLOAD, "uploadAvatar(id: string, data: Buffer): string"),
        (UPLOAD, "export async function uploadAvatar(userId:string,file:Buffer):Promise<string>;"),
        (UPLOAD, "uploadAvatar(userId, file)"),
        ("f(a: string)", "f(a: string, b?: int)"),
        ("def f(a: str) -> None", "f(a: string): void"),
        ("f(a: string | null)", "f(a: Optional[string])"),
        ("S { a: int, b: str }", "S { b: str; a: int }"),
        ("S { a: int }", "S { a: int, b: str }"),
        ("S { a: int, ... }", "S { b: int }"),
        ("GET /users/:id -> 200", "GET /users/{id} -> {name: string}"),
        ("f(a: string)", "g(a: number)"),
        ("f(a: string)", "S { a: int }"),
        ("some words", UPLOAD),
    ],
)
def test_spelling_and_silence_are_no_disagreement(first: str, second: str) -> None:
    assert difference(first, second) is None
    assert difference(second, first) is None


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (UPLOAD, "uploadAvatar(userId: string, file: Blob): Promise<string>", "parameter 2 is `Buffer` against `Blob`"),
        (UPLOAD, "uploadAvatar(userId: string): Promise<string>", "2 parameters against 1"),
        (UPLOAD, "uploadAvatar(userId: string, file: Buffer): Promise<URL>", "it returns"),
        ("S { preferences: object }", "S { preferences: { theme: string } }", "`preferences` is"),
        ("S { email: str }", "S { mail: str }", "field `email` against `mail`"),
        ("GET /users", "POST /users", "`GET /users` against `POST /users`"),
        ("PUT /me { name: string }", "PUT /me { name: int }", "`name` is"),
    ],
)
def test_different_shapes_disagree(first: str, second: str, words: str) -> None:
    assert difference(first, second).startswith(words)


def test_endpoints_are_the_same_however_parameters_are_spelled() -> None:
    assert endpoint_key("GET /users/:id") == endpoint_key("get /users/{userId}/") == endpoint_key("GET /Users/<int:id>")
    assert set(endpoints_in("Calls `PUT /api/profile` and POST /api/x.")) == {"PUT /api/profile", "POST /api/x"}


def test_signatures_are_found_in_running_text() -> None:
    text = f"Create the service.\n- Exports: `{UPLOAD}` (returns URL)\n- Do not touch (really) other files\n"
    assert {found.name for found in signatures_in(text)} == {"uploadAvatar"}


@pytest.mark.parametrize(
    "text", ["(" * 100_000, "f(" * 20_000, "{a:" * 20_000, "GET /" * 20_000, "a." * 50_000, " " * 100_000]
)
def test_hostile_signatures_neither_crash_nor_hang(text: str) -> None:
    assert difference(text, text) is None
    assert len(signatures_in(text)) <= 50


def test_the_ends_of_a_contract_are_put_together() -> None:
    facts = facts_of(
        {"provides": [ref(file="src/avatar.ts")]}, {"consumes": ["avatar-api"]}, contracts=(contract(signature=UPLOAD),)
    )
    found = facts.contracts.get("avatar-api")
    assert [end.task for end in found.providers] == [0]
    assert [end.task for end in found.consumers] == [1]
    assert found.files == ("src/avatar.ts",)
    assert found.given.text == UPLOAD


def test_a_contract_that_nobody_provides_is_unprovided_with_a_suggestion() -> None:
    facts = facts_of({"provides": ["avatar-api"]}, {"consumes": ["avatar-apis"]})
    [end] = facts.contracts.unprovided
    assert (end.task, end.ref.contract) == (1, "avatar-apis")
    assert facts.contracts.close_matches("avatar-apis") == ["avatar-api"]


def test_a_finished_task_still_provides() -> None:
    facts = facts_of({"provides": ["avatar-api"], "done": True}, {"consumes": ["avatar-api"]})
    assert facts.contracts.unprovided == []
    found = facts.contracts.get("avatar-api")
    assert facts.contracts.fixed_first(found, 1) == "it exists already"


@pytest.mark.parametrize(
    ("tasks", "plan", "reason"),
    [
        ([{"provides": ["avatar-api"]}, {"consumes": ["avatar-api"]}], {}, None),
        (
            [{"provides": ["avatar-api"]}, {"consumes": ["avatar-api"]}],
            {"contracts": (contract(signature=UPLOAD),)},
            "the plan gives its signature",
        ),
        (
            [{"provides": ["avatar-api"]}, {"consumes": ["avatar-api"]}],
            {"contracts": (contract(signature="handles uploads"),)},
            None,
        ),
        (
            [{"provides": ["avatar-api"]}, {"consumes": ["avatar-api"], "depends_on": ["t0"]}],
            {},
            "its provider is finished before",
        ),
        (
            [
                {"provides": ["avatar-api"], "creates": ["src/impl.ts"]},
                {"consumes": ["avatar-api"], "depends_on": ["t2"]},
                {"creates": ["src/types.ts"]},
            ],
            {"contracts": (contract(file="src/types.ts"),)},
            "its file is written before",
        ),
        (
            [{"provides": ["avatar-api"], "creates": ["src/types.ts"]}, {"consumes": ["avatar-api"]}],
            {"contracts": (contract(file="src/types.ts"),)},
            None,
        ),
        (
            [{"provides": ["avatar-api"]}, {"provides": ["avatar-api"], "consumes": ["avatar-api"]}],
            {},
            "the same task provides it",
        ),
        (
            [{"provides": [ref(signature=UPLOAD)]}, {"consumes": [ref(signature=UPLOAD)]}],
            {},
            "both sides state its signature",
        ),
        (
            [{"consumes": ["other"]}, {"consumes": ["avatar-api"]}],
            {"files": {"src/a.ts": ""}, "contracts": (contract(file="src/a.ts"),)},
            "it exists already",
        ),
    ],
)
def test_when_a_contract_is_fixed_first(tasks: list[dict], plan: dict, reason: str | None) -> None:
    facts = facts_of(*tasks, **plan)
    found = facts.contracts.get("avatar-api")
    assert facts.contracts.fixed_first(found, 1) == reason


def test_statements_that_contradict_are_found_once_each() -> None:
    facts = facts_of(
        {"provides": [ref(signature=UPLOAD)]},
        {"consumes": [ref(signature="uploadAvatar(userId: string, file: Blob): Promise<string>")]},
        {"consumes": [ref(signature="uploadAvatar(id: string, f: Buffer)")]},
    )
    [found] = facts.contracts.disagreements(facts.contracts.get("avatar-api"))
    assert (found.first.task, found.second.task) == (0, 1)


def test_contracts_shared_by_two_tasks() -> None:
    facts = facts_of({"provides": ["a", "b"]}, {"consumes": ["b"]}, {"consumes": ["c"]})
    assert [item.id for item in facts.contracts.shared(facts.task(0), facts.task(1))] == ["b"]
    assert facts.contracts.shared(facts.task(0), facts.task(2)) == []


def test_an_event_that_the_whole_project_shares_is_no_handover(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pairs are only told where there are few of them."""
    makers = [{"brief": "Publish the `order.placed` event."}] * 2
    users = [{"brief": "Consume the `order.placed` event."}] * 2
    facts = facts_of(*makers, *users)
    assert len(handovers(facts)) == 4
    monkeypatch.setattr("planlint.facts.events.MAX_PAIRS", 3)
    assert handovers(facts) == []


def test_a_statement_repeated_by_many_is_held_against_the_first_that_differs() -> None:
    """Consumers that say the same as one before them are no disagreement of their own; others are, each."""
    ours, theirs = "load(path: string): number", "load(path: number): number"
    texts = [ours, ours, theirs, ours, theirs]
    tasks = [{"consumes": (ContractRef(contract="load", origin=HERE, signature=text),)} for text in texts]
    contracts = facts_of(*tasks).contracts
    found = contracts.disagreements(contracts.interfaces["load"])
    assert [(item.first.task, item.second.task) for item in found] == [(0, 2), (0, 4)]
