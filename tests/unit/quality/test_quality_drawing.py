"""The lot falls on the share that is set, and nobody without the secret can tell on whom."""

import pytest

from orchestrator.quality import drawn

SECRET = b"a secret of this budget"


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5])
def test_the_lot_falls_on_the_share(share: float) -> None:
    number = sum(drawn(SECRET, invoice, share) for invoice in range(20_000))
    assert number == pytest.approx(share * 20_000, rel=0.1)


def test_all_and_nobody() -> None:
    assert all(drawn(SECRET, invoice, 1) for invoice in range(1000))
    assert not any(drawn(SECRET, invoice, 0) for invoice in range(1000))


def test_a_greater_share_takes_all_that_a_smaller_one_took() -> None:
    few = {invoice for invoice in range(2000) if drawn(SECRET, invoice, 0.1)}
    more = {invoice for invoice in range(2000) if drawn(SECRET, invoice, 0.3)}
    assert few < more


def test_another_secret_draws_others() -> None:
    mine = [drawn(SECRET, invoice, 0.5) for invoice in range(1000)]
    other = [drawn(b"another", invoice, 0.5) for invoice in range(1000)]
    assert 400 < sum(a == b for a, b in zip(mine, other, strict=True)) < 600
