"""A chain that was touched says where."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from orchestrator.ledger import GENESIS, Break, Line, digest, line_digest, link, verify

START = datetime(2026, 1, 1, tzinfo=UTC)


def chain(stream: str, length: int) -> list[Line]:
    lines: list[Line] = []
    previous = GENESIS
    for number in range(1, length + 1):
        data, time = {"step": number}, START + timedelta(seconds=number)
        says = line_digest("t", stream, time, "system", "happened", digest(data))
        hashed = link(previous, number, says)
        lines.append(
            Line(
                "t",
                stream,
                number,
                time,
                "system",
                "happened",
                data,
                digest(data),
                previous,
                hashed,
            )
        )
        previous = hashed
    return lines


def test_untouched_chains_verify() -> None:
    assert list(verify(chain("a", 3) + chain("b", 1))) == []
    assert list(verify([])) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"data": {"step": 99}}, "data"),
        ({"data_digest": bytes(32), "data": None}, "digest"),
        ({"actor": "user:mallory"}, "actor"),
        ({"kind": "other"}, "kind"),
        ({"time": START}, "time"),
        ({"hash": bytes(32)}, "hash"),
        ({"previous_hash": bytes(32)}, "follow"),
    ],
)
def test_a_changed_line_is_named(change: dict[str, Any], reason: str) -> None:
    lines = chain("a", 3)
    lines[1] = replace(lines[1], **change)
    (found,) = verify(lines)
    assert (found.stream, found.number) == ("a", 2)
    assert reason in found.reason


def test_a_rewritten_line_breaks_the_next_one() -> None:
    lines = chain("a", 3)
    data = {"step": "forged"}
    says = line_digest("t", "a", lines[1].time, "system", "happened", digest(data))
    forged = link(lines[0].hash, 2, says)
    lines[1] = replace(lines[1], data=data, data_digest=digest(data), hash=forged)
    assert list(verify(lines)) == [Break("a", 3, "it does not follow the line before")]


def test_a_removed_line_is_missed() -> None:
    lines = chain("a", 3)
    assert [str(b) for b in verify(lines[:1] + lines[2:])] == [
        "a line 2: missing; the next line there is has number 3"
    ]


def test_only_the_first_break_of_each_stream_is_named() -> None:
    broken = [replace(line, data={}) for line in chain("a", 3)]
    assert [(b.stream, b.number) for b in verify(broken + chain("b", 2))] == [("a", 1)]


def test_erased_data_still_verifies() -> None:
    lines = chain("a", 3)
    lines[1] = replace(lines[1], data=None)
    assert list(verify(lines)) == []
