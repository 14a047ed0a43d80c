"""Exceptions are kept without what is empty."""

from orchestrator.work.model import BUSINESS, WorkException


def test_an_exception_is_kept_without_what_is_empty() -> None:
    exception = WorkException(BUSINESS, " UNKNOWN_VENDOR ", "  ")
    assert exception.as_json() == {"type": "BUSINESS", "code": "UNKNOWN_VENDOR"}
