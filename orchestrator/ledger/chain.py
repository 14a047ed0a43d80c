"""The chain: each line's hash covers the line and the hash of the one before.

    line digest = SHA-256(canonical [tenant, stream, time, actor, kind, digest of data])
    hash        = SHA-256(previous hash + number as 8 bytes, big-endian + line digest)

The data itself is covered by its digest only, so that it can be erased and the chain still
verifies. Lines cut off a stream's end leave a chain that is whole: that takes a checkpoint kept
elsewhere to see.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from orchestrator.ledger.canonical import digest

GENESIS = bytes(32)
"""The previous hash of a stream's first line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it was stored. `data` is None when it was erased."""

    tenant_id: str
    stream: str
    number: int
    time: datetime
    actor: str
    kind: str
    data: Any
    data_digest: bytes
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """The first line of a stream that does not fit, and why."""

    stream: str
    number: int
    reason: str

    def __str__(self) -> str:
        return f"{self.stream} line {self.number}: {self.reason}"


def line_digest(
    tenant_id: str, stream: str, time: datetime, actor: str, kind: str, data_digest: bytes
) -> bytes:
    """What a line says, without its place in the chain."""
    return digest([tenant_id, stream, time, actor, kind, data_digest])


def link(previous_hash: bytes, number: int, line: bytes) -> bytes:
    """The hash of the line with digest `line` at place `number` after `previous_hash`."""
    return hashlib.sha256(previous_hash + number.to_bytes(8, "big") + line).digest()


def verify(lines: Iterable[Line]) -> Iterator[Break]:
    """The first break of each stream that has one. `lines` come stream by stream, each in the
    order of their numbers; they are read once and not kept."""
    for stream, chain in groupby(lines, key=lambda line: line.stream):
        previous = GENESIS
        for number, line in enumerate(chain, start=1):
            reason = _fault(line, number, previous)
            if reason:
                yield Break(stream, number, reason)
                break
            previous = line.hash


def _fault(line: Line, number: int, previous: bytes) -> str | None:
    if line.number != number:
        return f"missing; the next line there is has number {line.number}"
    if line.data is not None and digest(line.data) != line.data_digest:
        return "its data was changed"
    if line.previous_hash != previous:
        return "it does not follow the line before"
    says = line_digest(
        line.tenant_id, line.stream, line.time, line.actor, line.kind, line.data_digest
    )
    if line.hash != link(previous, number, says):
        return "its time, actor, kind, digest or hash was changed"
    return None
