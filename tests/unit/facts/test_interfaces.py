"""Interfaces that nobody names, and everything that makes a pair of sides harmless."""

import pytest
from made_plans import HERE, facts_of

from planlint.diagnostics import Evidence
from planlint.facts.sides import Side, side_of_path
from planlint.facts.subjects import subject_of
from planlint.model import Contract, Kind

SETTINGS = (
    {"title": "Database migration for user settings"},
    {"title": "API route for user settings"},
    {"title": "React form component for user settings"},
    {"title": "Tests for user settings"},
    {"title": "TypeScript types for user settings"},
)
ROUTE = {"title": "Billing API", "creates": ["src/routes/billing.ts"]}
PAGE = {"title": "Billing page", "creates": ["src/pages/Billing.tsx"]}


def gaps(*tasks: dict, **plan) -> list:
    return facts_of(*tasks, **plan).contracts.gaps


@pytest.mark.parametrize(
    ("path", "side"),
    [
        ("src/types/user.ts", Side.TYPES),
        ("src/user.types.ts", Side.TYPES),
        ("app/schemas/user.py", Side.TYPES),
        ("prisma/schema.prisma", Side.DATA),
        ("db/migrations/0001_users.sql", Side.DATA),
        ("app/models.py", Side.DATA),
        ("src/routes/user.ts", Side.SERVICE),
        ("app/api/users/route.ts", Side.SERVICE),
        ("src/user/user.controller.ts", Side.SERVICE),
        ("src/components/UserForm.tsx", Side.CLIENT),
        ("frontend/src/api/users.ts", Side.CLIENT),
        ("src/Login.vue", Side.CLIENT),
        ("src/routes/user.test.ts", None),
        ("tests/api/test_user.py", None),
        ("src/services/avatar.ts", None),
        ("docs/api.md", None),
        ("README.md", None),
        ("", None),
    ],
)
def test_a_path_tells_its_side(path: str, side: Side | None) -> None:
    assert side_of_path(path) is side


def test_the_subject_is_what_is_left_of_title_and_file_names() -> None:
    task = facts_of({"title": "Create the UserSettings form", "creates": ["src/components/SettingsForm.tsx"]}).task(0)
    assert subject_of(task) == {"user", "setting"}


def test_one_feature_in_parallel_without_a_contract_is_one_gap() -> None:
    [gap] = gaps(*SETTINGS)
    assert gap.subject == "user settings"
    assert {role.task: role.side for role in gap.roles} == {
        0: Side.DATA,
        1: Side.SERVICE,
        2: Side.CLIENT,
        4: Side.TYPES,
    }
    assert set(gap.pairs) == {(0, 1), (1, 2), (1, 4), (2, 4)}
    assert gap.evidence is Evidence.INFERRED


def test_types_first_closes_the_gap() -> None:
    tasks = [{**SETTINGS[4], "id": "types"}, *({**task, "depends_on": ["types"]} for task in SETTINGS[1:3])]
    assert gaps(*tasks) == []


def test_backend_and_frontend_of_one_thing_are_a_gap() -> None:
    [gap] = gaps({"brief": "Build the backend for profiles"}, {"brief": "Build the frontend for profiles"})
    assert gap.subject == "profiles"


def test_new_declared_files_of_one_name_make_a_gap_firm() -> None:
    [gap] = gaps(ROUTE, PAGE)
    assert gap.evidence is Evidence.DECLARED


@pytest.mark.parametrize(
    "page",
    [
        {"title": "Billing page", "modifies": ["src/pages/Billing.tsx"]},
        {"title": "Billing page", "creates": ["src/pages/BillingHistory.tsx"]},
        {"title": "Landing", "creates": ["src/pages/Billing.tsx"]},
        {"title": "Billing page", "creates": ["src/pages/Billing.tsx"], "reads": ["docs/billing.md"]},
    ],
    ids=["changed only", "another name", "a title of something else", "one that can look it up"],
)
def test_without_them_files_only_make_it_firmer_than_words(page) -> None:
    [gap] = gaps(ROUTE, page)
    assert gap.evidence is Evidence.STATED


@pytest.mark.parametrize(
    ("service", "client"),
    [
        ("src/api/orders.ts", "src/components/Orders.tsx"),
        ("app/controllers/messages_controller.rb", "web/src/MessageForm.vue"),
        ("src/api/tasks/route.ts", "src/pages/tasks/page.tsx"),
        ("api/routes/groups.py", "frontend/components/GroupList.tsx"),
    ],
)
def test_files_of_one_name_are_one_feature_even_where_the_word_is_common(service, client) -> None:
    [gap] = gaps({"creates": [service]}, {"creates": [client]})
    assert len(gap.roles) == 2


def test_a_barrel_that_both_change_does_not_put_them_on_one_side() -> None:
    route = {**ROUTE, "modifies": ["src/api/index.ts"]}
    assert gaps(route, {**PAGE, "modifies": ["src/api/index.ts"]})


def test_types_of_a_common_word_come_first_as_well() -> None:
    types = {"id": "types", "creates": ["src/types/order.ts"]}
    sides = ({"creates": ["src/api/orders.ts"]}, {"creates": ["src/components/Orders.tsx"]})
    assert gaps(types, *({**side, "depends_on": ["types"]} for side in sides)) == []


def test_two_features_are_two_gaps() -> None:
    other = ({"creates": ["src/routes/reports.ts"]}, {"creates": ["src/pages/Reports.tsx"]})
    assert [gap.subject for gap in gaps(ROUTE, *other, PAGE)] == ["billing", "report"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"brief": "Offer `PUT /api/billing`."}, {"brief": "Call `PUT /api/billing`."}),
        ({"brief": "Export `charge(id: string): Promise<Receipt>`."}, {}),
        ({}, {"brief": "Build against a mock of the API."}),
        ({"reads": ["docs/billing.md"]}, {"reads": ["docs/billing.md"]}),
        ({}, {"reads": ["src/routes/billing.ts"]}),
        ({"provides": ["billing"]}, {"consumes": ["billing"]}),
        ({}, {"depends_on": ["t0"]}),
        ({}, {"conflicts_with": ["t0"]}),
        ({}, {"kind": Kind.REVIEW}),
        ({}, {"done": True}),
        ({"creates": ["src/routes/billing.ts", "src/pages/Invoice.tsx"]}, {}),
        (
            {"creates": (), "modifies": ["src/routes/billing.ts"]},
            {"creates": (), "modifies": ["src/pages/Billing.tsx"]},
        ),
        ({"title": "Backend readme for billing", "creates": ["backend/README.md"]}, {}),
        ({}, {"title": "Search page", "creates": ["src/pages/Search.tsx"]}),
    ],
)
def test_whatever_settles_the_interface_is_silent(first: dict, second: dict) -> None:
    assert gaps({**ROUTE, **first}, {**PAGE, **second}) == []


@pytest.mark.parametrize(
    "plan",
    [
        {"design_documents": ("specs/001/contracts/",)},
        {"incomplete": True},
        {"pattern": True},
        {"contracts": (Contract(id="billing", origin=HERE, signature="charge(id: string): Receipt"),)},
    ],
)
def test_a_plan_that_settles_or_hides_interfaces_is_silent(plan: dict) -> None:
    assert gaps(ROUTE, PAGE, **plan) == []


def test_a_shared_everyday_word_is_no_subject() -> None:
    first = {"title": "API for user login", "creates": ["src/routes/login.ts"]}
    second = {"title": "Page for user invoices", "creates": ["src/pages/Invoices.tsx"]}
    assert gaps(first, second) == []


def test_the_name_of_the_product_is_no_subject() -> None:
    tasks = [
        {"title": f"Acme {name}", "creates": [f"src/{kind}/{name}.{suffix}"]}
        for name in ("alpha", "beta", "gamma", "delta")
        for kind, suffix in (("routes", "ts"), ("pages", "tsx"))
    ]
    assert {gap.subject for gap in gaps(*tasks)} == {"alpha", "beta", "gamma", "delta"}


def test_a_good_decomposition_is_silent() -> None:
    service = {
        "title": "Photo storage service",
        "creates": ["src/services/photo.ts", "src/services/photo.test.ts"],
        "brief": "Exports `storePhoto(owner: string, data: Buffer): Promise<string>`.",
    }
    api = {
        "title": "Gallery endpoints",
        "creates": ["src/routes/gallery.ts", "src/routes/gallery.test.ts"],
        "brief": "`POST /api/gallery` stores a photo through `src/services/photo.ts`.",
    }
    ui = {
        "title": "Gallery editor",
        "creates": ["src/components/GalleryEditor.tsx", "src/components/GalleryEditor.test.tsx"],
        "brief": "Calls `POST /api/gallery`.",
    }
    last = {"title": "Integration", "modifies": ["src/routes/index.ts"], "depends_on": ["t0", "t1", "t2"]}
    assert gaps(service, api, ui, last) == []


def test_a_title_that_only_names_a_side_says_of_what_in_the_line_below():
    """ "Backend" and "Frontend" are about profiles when their briefs say so."""
    backend = {"title": "Backend", "brief": "Backend\nBuild the backend for profiles"}
    frontend = {"title": "Frontend", "brief": "Frontend\nBuild the frontend for profiles"}
    assert [gap.subject for gap in gaps(backend, frontend)] == ["profiles"]
