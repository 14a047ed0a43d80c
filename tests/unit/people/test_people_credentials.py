"""Passwords."""

import pytest

from orchestrator.kernel.errors import InvalidInput
from orchestrator.people.passwords import Remembered, hashed, matches


def test_only_the_password_matches_its_hash() -> None:
    known = hashed("correct horse")
    assert known.startswith("$argon2id$")
    assert matches(known, "correct horse")
    assert not matches(known, "wrong horse")
    assert not matches(None, "correct horse")
    assert not matches("no hash", "correct horse")


@pytest.mark.parametrize("password", ["short", "x" * 257])
def test_a_password_has_bounds(password: str) -> None:
    with pytest.raises(InvalidInput):
        hashed(password)


def test_remembered_credentials_are_forgotten_with_their_hash() -> None:
    remembered, old, new = Remembered(), hashed("old password"), hashed("new password")
    assert remembered.matches(old, "old password")
    assert remembered.matches(old, "old password")
    assert not remembered.matches(new, "old password")
    assert not remembered.matches(None, "old password")
