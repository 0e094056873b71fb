"""Code identifiers in backticks."""

from __future__ import annotations

import pytest

from planlint.dialects.prose import find_symbols

from .written import written


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Create `Invoice` model in `src/a.py`", [("Invoice", "type", "defines")]),
        ("Call `resizeImage()` there", [("resizeImage", "function", "uses")]),
        (
            "Add endpoint `POST /api/x`; the form uses `useAvatar`",
            [("POST /api/x", "endpoint", "defines"), ("useAvatar", "function", "uses")],
        ),
        ("Add table `carts`, run `npm test`", [("carts", "table", "defines")]),
        ("Call `subscribe(topic)`", [("subscribe", "function", "uses")]),
        ("It exports `MAX_SIZE`", [("MAX_SIZE", "constant", "defines")]),
        ("Listen for event `cart.paid`", [("cart.paid", "event", "uses")]),
        ('pass `--flag`, `true`, `{}` and `"x"`', []),
        ("edit `src/a.ts`", []),
    ],
)
def test_symbols_have_a_kind_and_a_use(line, expected):
    assert [(found.name, found.kind, found.use) for found in find_symbols(written(line))] == expected


@pytest.mark.parametrize(
    ("code", "signature"),
    [
        ("load(id: string): Promise<Cart>", "load(id: string): Promise<Cart>"),
        ("def load(id: int) -> Cart", "def load(id: int) -> Cart"),
        ("type Cart = { id: string }", "type Cart = { id: string }"),
        ("validateCart(cart)", "validateCart(cart)"),
        ("sub load($id)", "sub load($id)"),
        ("load()", None),
        ("load", None),
    ],
)
def test_a_span_with_more_than_the_name_is_a_signature(code, signature):
    (found,) = find_symbols(written(f"Provide `{code}`"))
    assert (found.signature, found.origin.text) == (signature, code)
