"""What runs say while they work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from orchestrator.kernel.errors import InvalidInput
from orchestrator.store.tables import RunLog
from orchestrator.store.unit import Unit
from orchestrator.work.claims import lock_run

STREAMS = {"stdout", "stderr", "agent"}
LINE_LIMIT = 8000


@dataclass(frozen=True, slots=True)
class NewLine:
    time: datetime
    stream: str
    text: str


def append(unit: Unit, run_key: int, lines: Sequence[NewLine]) -> int:
    """Number the lines after those there are and keep them; the last number. Long lines are
    cut. The caller has checked that the run is the agent's."""
    lock_run(unit, run_key)
    query = select(func.max(RunLog.number)).where(RunLog.run_key == run_key)
    last = unit.session.exec(query).one() or 0
    unit.session.add_all(
        _line(unit, run_key, number, line) for number, line in enumerate(lines, start=last + 1)
    )
    return last + len(lines)


def read(unit: Unit, run_key: int, after: int = 0, limit: int = 1000) -> list[RunLog]:
    """Up to `limit` lines with numbers above `after`."""
    query = (
        select(RunLog)
        .where(RunLog.tenant_id == unit.tenant_id, RunLog.run_key == run_key)
        .where(col(RunLog.number) > after)
    )
    return list(unit.session.exec(query.order_by(col(RunLog.number)).limit(limit)))


def _line(unit: Unit, run_key: int, number: int, line: NewLine) -> RunLog:
    if line.stream not in STREAMS:
        raise InvalidInput(f"a log stream is one of {sorted(STREAMS)}, not {line.stream!r}")
    return RunLog(
        run_key=run_key,
        number=number,
        tenant_id=unit.tenant_id,
        time=line.time,
        stream=line.stream,
        text=line.text.replace("\0", "\N{REPLACEMENT CHARACTER}")[:LINE_LIMIT],
    )
