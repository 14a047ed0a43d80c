"""Two readings of an invoice, compared field by field."""

import pytest

from orchestrator.kernel.errors import InvalidInput
from orchestrator.quality import corrected, differing, read_by_bot, stated

TRUTH = {
    "number": "RE 2026-7",
    "issue_date": "2026-05-04",
    "currency": "EUR",
    "net": "100.00",
    "tax": "20.00",
    "gross": "120.00",
}


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("number", "re2026-7"),
        ("currency", "eur"),
        ("net", "100"),
        ("gross", "120.0"),
    ],
)
def test_spaces_case_and_trailing_zeros_are_no_difference(field: str, written: str) -> None:
    assert differing(TRUTH, {**TRUTH, field: written}) == []


@pytest.mark.parametrize(
    ("field", "written"),
    [
        ("number", "RE 2026-1"),
        ("number", "RE 20267"),
        ("issue_date", "2026-04-05"),
        ("currency", "USD"),
        ("tax", "2.00"),
        ("gross", "-120.00"),
        ("net", ""),
    ],
)
def test_everything_else_is(field: str, written: str) -> None:
    assert differing(TRUTH, {**TRUTH, field: written}) == [field]


def test_a_field_that_neither_found_is_no_difference() -> None:
    assert differing({**TRUTH, "tax": ""}, {**TRUTH, "tax": ""}) == []


def test_a_bots_reading_is_its_values_and_empty_where_it_has_none() -> None:
    fields = {"number": {"value": "7"}, "net": {"value": None}, "tax": "broken"}
    found = read_by_bot(fields)
    assert (found["number"], found["net"], found["tax"], found["gross"]) == ("7", "", "", "")


@pytest.mark.parametrize(
    ("field", "written", "word"),
    [
        ("net", "1.234,50", "1234.50"),
        ("net", "1e5", "1234.50"),
        ("issue_date", "04.05.2026", "2026-05-31"),
        ("issue_date", "2026-02-30", "2026-05-31"),
        ("currency", "Euro", "EUR"),
    ],
)
def test_what_cannot_be_compared_is_refused_and_says_how_to_write_it(
    field: str, written: str, word: str
) -> None:
    with pytest.raises(InvalidInput, match=f"{field}.*{word}") as refused:
        stated({**TRUTH, field: written})
    assert refused.value.code == "second_look.unreadable"


def test_nothing_may_be_left_unsaid_but_anything_said_to_be_absent() -> None:
    with pytest.raises(InvalidInput, match="gross"):
        stated({name: value for name, value in TRUTH.items() if name != "gross"})
    assert stated({**TRUTH, "tax": " "})["tax"] == ""


def test_a_correction_keeps_the_place_and_leaves_out_what_is_not_there() -> None:
    fields = {
        "net": {"value": "10.00", "page": 2, "box": [1, 2, 3, 4], "trusted": True},
        "tax": {"value": "2.00", "page": 2},
        "seller": {"value": "S"},
    }
    new = corrected(fields, {**TRUTH, "tax": ""}, ["net", "tax", "gross"])
    assert new["net"] == {
        "value": "100.00",
        "page": 2,
        "box": [1, 2, 3, 4],
        "source": "review",
        "confidence": 1,
        "trusted": True,
        "reason": "",
    }
    assert "tax" not in new
    assert (new["gross"]["value"], new["seller"]) == ("120.00", {"value": "S"})
