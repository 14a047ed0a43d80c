"""Waiting grows, is bounded, and is spread."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.work.backoff import JITTER, LONGEST, retry_at

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KEYS = st.integers(1, 2**63 - 1)


@given(KEYS, st.integers(1, 1000))
def test_waiting_is_bounded_and_repeatable(key: int, attempts: int) -> None:
    at = retry_at(NOW, key, attempts)
    assert timedelta(seconds=2) <= at - NOW <= LONGEST * (1 + JITTER)
    assert at == retry_at(NOW, key, attempts)


@given(KEYS, st.integers(1, 5))
def test_the_next_wait_is_longer(key: int, attempts: int) -> None:
    assert retry_at(NOW, key, attempts) < retry_at(NOW, key, attempts + 1)


def test_items_that_fail_together_come_back_apart() -> None:
    assert len({retry_at(NOW, key, 1) for key in range(100)}) == 100
