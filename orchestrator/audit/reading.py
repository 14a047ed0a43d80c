"""Reading and verifying the ledger."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel import select as select_rows

from orchestrator import ledger
from orchestrator.store.ending import write_lines
from orchestrator.store.tables import LedgerEvent
from orchestrator.store.unit import Unit

BATCH = 1000


def read(unit: Unit, stream: str) -> list[LedgerEvent]:
    """The events of `stream`, oldest first."""
    write_lines(unit)
    query = (
        select_rows(LedgerEvent)
        .where(LedgerEvent.tenant_id == unit.tenant_id, LedgerEvent.stream == stream)
        .order_by(col(LedgerEvent.number))
    )
    return list(unit.session.exec(query))


def head(unit: Unit, stream: str) -> int:
    """The number of the newest event of `stream`; 0 when it has none."""
    write_lines(unit)
    query = select(func.max(LedgerEvent.number)).where(
        col(LedgerEvent.tenant_id) == unit.tenant_id, col(LedgerEvent.stream) == stream
    )
    return unit.session.scalar(query) or 0


def verify(unit: Unit) -> list[ledger.Break]:
    """Recompute every chain of the tenant and return the first break of each stream that has
    one. Rows are streamed: memory does not grow with the ledger."""
    write_lines(unit)
    return list(ledger.verify(_lines(unit)))


def _lines(unit: Unit) -> Iterator[ledger.Line]:
    columns = [getattr(LedgerEvent, name) for name in ledger.Line.__slots__]
    query = (
        select(*columns)
        .where(col(LedgerEvent.tenant_id) == unit.tenant_id)
        .order_by(col(LedgerEvent.stream), col(LedgerEvent.number))
        .execution_options(yield_per=BATCH)
    )
    for row in unit.session.connection().execute(query):
        yield ledger.Line(*row)
