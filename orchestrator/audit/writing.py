"""Appending to the ledger, and erasing what its lines say."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from orchestrator.ledger import canonical, line_digest
from orchestrator.store import sql
from orchestrator.store.ending import write_lines
from orchestrator.store.unit import Line, Unit


def append(unit: Unit, stream: str, kind: str, data: Mapping[str, Any]) -> None:
    """Record one event; it commits or rolls back with `unit`. `data`: any JSON values; decimals
    and instants become text.

    The caller holds the lock of the row that the stream is about: the transaction ends with
    `Concurrent` when another one appended to the stream at the same time.
    """
    text = canonical(dict(data))
    data_digest = hashlib.sha256(text).digest()
    digest = line_digest(unit.tenant_id, stream, unit.now, unit.actor, kind, data_digest)
    unit.lines.append(
        Line(
            tenant_id=unit.tenant_id,
            stream=stream,
            actor=unit.actor,
            kind=kind,
            data=text.decode(),
            data_digest=data_digest.hex(),
            digest=digest.hex(),
        )
    )


def erase(unit: Unit, streams: Sequence[str]) -> None:
    """What the lines of the streams say so far; that they were written, by whom and when, stays,
    and the chains still verify."""
    write_lines(unit)
    sql.execute(unit, "ledger_erase", streams=list(streams))
