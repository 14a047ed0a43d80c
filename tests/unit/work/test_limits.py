"""A payload is JSON that the database can hold."""

import pytest

from orchestrator.kernel.errors import InvalidInput, TooLarge
from orchestrator.work.limits import LIMIT, check_payload


@pytest.mark.parametrize("payload", [None, 1, "text", [], {}, {"a": [1.5, None, True, "ü"]}])
def test_any_json_is_accepted(payload: object) -> None:
    check_payload(payload)


@pytest.mark.parametrize("payload", [float("nan"), {"a": object()}, "\ud800", ["a\0b"]])
def test_what_the_database_cannot_hold_is_refused(payload: object) -> None:
    with pytest.raises(InvalidInput):
        check_payload(payload)


def test_a_text_that_only_looks_like_nul_is_accepted() -> None:
    check_payload("\\u0000 is how JSON writes NUL")


def test_what_is_too_large_is_refused() -> None:
    with pytest.raises(TooLarge):
        check_payload("x" * LIMIT)
