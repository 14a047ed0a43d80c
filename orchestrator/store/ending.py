"""How a transaction ends: the lines of the ledger are written, the notices sent.

Not in the driver's pipeline mode: it waits for ever when a statement of some megabytes is sent.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from psycopg.types.json import Json
from sqlalchemy.exc import IntegrityError

from orchestrator.kernel.errors import Concurrent
from orchestrator.ledger import GENESIS
from orchestrator.store import sql
from orchestrator.store.tables import LedgerEvent
from orchestrator.store.unit import Line, Unit

CHANNEL = "deskhand"


def end(unit: Unit) -> None:
    """Write what is left and tell who waits, in one statement where each stream has one line; the
    COMMIT follows, and nothing may be written before it.

    Raises `Concurrent` when another transaction appended to one of the streams at the same time.
    """
    unit.flush()
    if unit.lines or unit.notices:
        _write(unit, list(unit.notices))
        unit.notices.clear()


def write_lines(unit: Unit) -> None:
    """Write the lines so far, for who reads the ledger in the transaction that appends to it."""
    if unit.lines:
        _write(unit, [])


def _write(unit: Unit, notices: Sequence[tuple[str, str, str]]) -> None:
    *earlier, last = _rounds(unit.lines)
    with _one_appends():
        for lines in earlier:
            _append(unit, lines, [])
        _append(unit, last, notices)
    unit.lines.clear()


def _append(unit: Unit, lines: Sequence[Line], notices: Sequence[tuple[str, str, str]]) -> None:
    sql.execute(
        unit,
        "ledger_append",
        genesis=GENESIS,
        lines=Json([line._asdict() for line in lines]),
        channel=CHANNEL,
        payloads=Json([_payload(*notice) for notice in notices]),
    )


def _payload(tenant: str, topic: str, key: str) -> dict[str, str]:
    return {"tenant": tenant, "topic": topic, "key": key}


@contextmanager
def _one_appends() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.orig, "diag", None)
        if diagnosis is None or diagnosis.table_name != LedgerEvent.__tablename__:
            raise
        raise Concurrent("someone else changed this at the same time; try again") from error


def _rounds(lines: Sequence[Line]) -> list[list[Line]]:
    """Each round has a stream once: a statement finds the heads as they were before it. At least
    one, which may be empty."""
    rounds: list[list[Line]] = [[]]
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for line in lines:
        number = seen[line.tenant_id, line.stream]
        seen[line.tenant_id, line.stream] += 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(line)
    return rounds
