"""Appending to the ledger."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError

from orchestrator.kernel.errors import Conflict
from orchestrator.ledger import GENESIS, canonical, line_digest
from orchestrator.store.sql import execute
from orchestrator.store.tables import LedgerEvent
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded. `data`: any JSON value; decimals and instants become text."""

    stream: str
    kind: str
    data: Mapping[str, Any]


def append(unit: Unit, stream: str, kind: str, data: Mapping[str, Any]) -> LedgerEvent:
    """Record one event; it commits or rolls back with `unit`.

    The caller holds the lock of the row that the stream is about: `Conflict`
    (ledger.concurrent) when another transaction appended to the stream at the same time.
    """
    return append_each(unit, [Entry(stream, kind, data)])[0]


def append_each(unit: Unit, entries: Sequence[Entry]) -> list[LedgerEvent]:
    """Record one event in each of several streams, in one statement. No stream comes twice."""
    if not entries:
        return []
    texts = [canonical(dict(entry.data)) for entry in entries]
    digests = [hashlib.sha256(text).digest() for text in texts]
    places = _insert(unit, entries, texts, digests)
    return [
        LedgerEvent(
            tenant_id=unit.tenant_id,
            stream=entry.stream,
            time=unit.now,
            actor=unit.actor,
            kind=entry.kind,
            data=dict(entry.data),
            data_digest=data_digest,
            **places[entry.stream],
        )
        for entry, data_digest in zip(entries, digests, strict=True)
    ]


def _insert(
    unit: Unit, entries: Sequence[Entry], texts: list[bytes], digests: list[bytes]
) -> dict[str, dict[str, Any]]:
    lines = [
        line_digest(unit.tenant_id, entry.stream, unit.now, unit.actor, entry.kind, data_digest)
        for entry, data_digest in zip(entries, digests, strict=True)
    ]
    unit.session.flush()  # so that only the ledger's own conflict is caught below
    try:
        rows = execute(
            unit,
            "ledger_append",
            actor=unit.actor,
            genesis=GENESIS,
            streams=[entry.stream for entry in entries],
            kinds=[entry.kind for entry in entries],
            data=[text.decode() for text in texts],
            data_digests=digests,
            digests=lines,
        )
    except IntegrityError as error:
        raise Conflict(
            "someone else changed this at the same time; try again", code="ledger.concurrent"
        ) from error
    return {
        row.stream: {"number": row.number, "previous_hash": row.previous_hash, "hash": row.hash}
        for row in rows
    }
