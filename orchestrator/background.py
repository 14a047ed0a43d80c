"""Floor 9: what the server does unasked. Several replicas may do it at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Thread

import structlog
from sqlmodel import select

from orchestrator.kernel.errors import DeskhandError
from orchestrator.process import jobs, timers
from orchestrator.store.database import Database
from orchestrator.store.tables import User
from orchestrator.work import agents

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do for every tenant, every so many seconds."""

    name: str
    every: float
    work: Callable[[Database, str], None]


def fire_timers(database: Database, tenant: str) -> None:
    """Each timer in a transaction of its own: one that fails keeps no other from firing."""
    with database.begin(actor="system", tenant_id=tenant) as unit:
        due = timers.due(unit)
    for timer in due:
        try:
            with database.begin(actor="system", tenant_id=tenant) as unit:
                timers.fire(unit, timer)
        except DeskhandError as error:
            log.warning("timer", action="timer_failed", timer=timer.key, error=error.message)


def expire_leases(database: Database, tenant: str) -> None:
    with database.begin(actor="system", tenant_id=tenant) as unit:
        jobs.expire_leases(unit)


def notice_silence(database: Database, tenant: str) -> None:
    with database.begin(actor="system", tenant_id=tenant) as unit:
        agents.mark_silent(unit)


DUTIES = (
    Duty("timers", 1.0, fire_timers),
    Duty("leases", 1.0, expire_leases),
    Duty("agents", 5.0, notice_silence),
)


class Background:
    """One thread per duty. Errors are logged and the duty is tried again."""

    def __init__(self, database: Database, duties: Sequence[Duty] = DUTIES) -> None:
        self._database, self._stopping = database, Event()
        self._threads = [
            Thread(target=self._run, args=(duty,), name=duty.name, daemon=True) for duty in duties
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Returns when what was begun is done."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    def _run(self, duty: Duty) -> None:
        while not self._stopping.wait(duty.every):
            try:
                for tenant in self._tenants():
                    duty.work(self._database, tenant)
            except Exception:
                log.exception("a background duty failed", action="duty_failed", duty=duty.name)

    def _tenants(self) -> list[str]:
        with self._database.begin(actor="system") as unit:
            return list(unit.session.exec(select(User.tenant_id).distinct()))
