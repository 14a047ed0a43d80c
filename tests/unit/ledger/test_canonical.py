"""One JSON value has one canonical text, whatever path it took."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.ledger import canonical, digest, plain

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)  # fmt: skip


class Colour(Enum):
    RED = "red"


def test_keys_are_sorted_and_nothing_is_padded() -> None:
    assert canonical({"b": 1, "a": ["ü", None, True]}) == '{"a":["ü",null,true],"b":1}'.encode()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("1.50"), '"1.50"'),
        (datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), '"2026-01-02T03:04:05Z"'),
        (datetime(2026, 1, 2, 3, tzinfo=timezone(timedelta(hours=2))), '"2026-01-02T01:00:00Z"'),
        (date(2026, 1, 2), '"2026-01-02"'),
        (b"\x01\xff", '"01ff"'),
        (Colour.RED, '"red"'),
        (1.0, "1"),
        (-0.0, "0"),
        (1e300, "1" + 300 * "0"),
        (0.1, "0.1"),
        ("a\0b\ud800", '"a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"'),
        ("\N{GRINNING FACE}", '"\N{GRINNING FACE}"'),
        ((1, 2), "[1,2]"),
        ({1: 2}, '{"1":2}'),
    ],
)
def test_every_kind_of_value_has_a_json_form(value: object, text: str) -> None:
    assert canonical(value).decode() == text


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        canonical({"a": object()})
    with pytest.raises(ValueError, match="nan is not a JSON number"):
        canonical([float("nan")])


@given(JSON)
def test_reading_the_text_back_gives_the_same_digest(value: object) -> None:
    assert digest(json.loads(canonical(value))) == digest(value)


@given(JSON)
def test_plain_is_idempotent(value: object) -> None:
    assert plain(plain(value)) == plain(value)
