"""Floor 9: what the server does unasked. Several replicas may do it at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread

import structlog
from sqlmodel import select

from orchestrator.kernel.errors import DeskhandError
from orchestrator.process import (
    batches,
    deletion,
    deliveries,
    jobs,
    messages,
    outbox,
    resources,
    timers,
)
from orchestrator.process.migrations import plans, steps
from orchestrator.store.database import Database
from orchestrator.store.documents import TOPIC as DOCUMENTS
from orchestrator.store.documents import DocumentStore
from orchestrator.store.embedded import EmbeddedPostgres
from orchestrator.store.notify import Listener, Watch
from orchestrator.store.tables import Tenant, User
from orchestrator.store.unit import Unit
from orchestrator.work import agents, leases

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to do every so many seconds, and when `topic` is noticed."""

    name: str
    every: float
    work: Callable[[], None]
    topic: str | None = None


def duties(
    database: Database, documents: DocumentStore, server: EmbeddedPostgres | None
) -> list[Duty]:
    """What there is to do; `server` is our own database server, if we run one."""
    found = [
        Duty(name, every, partial(_for_every_tenant, database, work), topic)
        for name, every, work, topic in (
            ("deliveries", 1.0, deliver, outbox.TOPIC),
            ("timers", 1.0, fire_timers, None),
            ("leases", 1.0, expire_leases, None),
            ("agents", 5.0, notice_silence, None),
            ("messages", 60.0, expire_messages, None),
            ("migrations", 5.0, migrate, plans.TOPIC),
            ("batches", 5.0, do_batches, batches.TOPIC),
            ("histories", 60.0, forget_histories, resources.TOPIC),
            ("documents", 60.0, partial(erase_documents, documents), DOCUMENTS),
        )
    ]
    return found if server is None else [*found, Duty("database", 1.0, partial(revive, server))]


def revive(server: EmbeddedPostgres) -> None:
    """Start our own database server again when it has died."""
    if not server.is_running():
        log.warning("the database server had ended", action="database_restart")
        server.start()


def deliver(database: Database, tenant: str) -> None:
    """Until nothing more is to be delivered; what arrives may send something on."""
    while True:
        with database.begin(actor="system", tenant_id=tenant) as unit:
            due = deliveries.due(unit)
        if not due:
            return
        for key in due:
            try:
                work = partial(deliveries.deliver, key=key)
                database.command(work, actor="system", tenant_id=tenant)
            except DeskhandError as error:
                log.warning("delivery", action="delivery_failed", key=key, error=error.message)
                with database.begin(actor="system", tenant_id=tenant) as unit:
                    deliveries.postpone(unit, key)


def expire_messages(database: Database, tenant: str) -> None:
    with database.begin(actor="system", tenant_id=tenant) as unit:
        messages.expire(unit)


def migrate(database: Database, tenant: str) -> None:
    """Do the steps of migration plans until each is done or waits for a person."""
    with database.begin(actor="system", tenant_id=tenant) as unit:
        at_work = steps.at_work(unit)
    for key in at_work:
        _step_through(database, tenant, "system", partial(steps.step, key=key))


def do_batches(database: Database, tenant: str) -> None:
    """Each item in a transaction of its own, as whoever asked for the batch."""
    with database.begin(actor="system", tenant_id=tenant) as unit:
        at_work = batches.at_work(unit)
    for operation in at_work:
        _step_through(database, tenant, operation.actor, partial(batches.step, key=operation.key))


def _step_through(
    database: Database, tenant: str, actor: str, step: Callable[[Unit], bool]
) -> None:
    """Each step in a transaction of its own, until there is no more to do."""
    more = True
    while more:
        with database.begin(actor=actor, tenant_id=tenant) as unit:
            more = step(unit)


def forget_histories(database: Database, tenant: str) -> None:
    """Delete what has ended of the processes whose history is to go, as whoever wanted that."""
    with database.begin(actor="system", tenant_id=tenant) as unit:
        ended = resources.forgotten(unit)
    for key, actor in ended:
        try:
            work = partial(deletion.delete_instance, key=key)
            database.command(work, actor=actor, tenant_id=tenant)
        except DeskhandError as error:  # next time
            log.info("history", action="history_kept", key=key, error=error.message)


def erase_documents(documents: DocumentStore, database: Database, tenant: str) -> None:
    database.command(documents.erase_deleted, actor="system", tenant_id=tenant)


def fire_timers(database: Database, tenant: str) -> None:
    """Each timer in a transaction of its own: one that fails keeps no other from firing."""
    with database.begin(actor="system", tenant_id=tenant) as unit:
        due = timers.due(unit)
    for timer in due:
        try:
            work = partial(timers.fire, timer=timer)
            database.command(work, actor="system", tenant_id=tenant)
        except DeskhandError as error:
            log.warning("timer", action="timer_failed", timer=timer.key, error=error.message)
            with database.begin(actor="system", tenant_id=tenant) as unit:
                timers.postpone(unit, timer, error.message)


def expire_leases(database: Database, tenant: str) -> None:
    """In rounds, so that the locks of no crowd of instances are held at once."""
    while database.command(jobs.expire_leases, actor="system", tenant_id=tenant) == leases.ROUND:
        continue


def notice_silence(database: Database, tenant: str) -> None:
    with database.begin(actor="system", tenant_id=tenant) as unit:
        agents.mark_silent(unit)


def _for_every_tenant(database: Database, work: Callable[[Database, str], None]) -> None:
    with database.begin(actor="system") as unit:
        homes = select(User.tenant_id)
        tenants = list(unit.session.scalars(homes.union(select(Tenant.id))))
    for tenant in tenants:
        work(database, tenant)


class Background:
    """One thread per duty. Errors are logged and the duty is tried again."""

    def __init__(self, duties: Sequence[Duty], listener: Listener) -> None:
        self._stopping, self._listener = Event(), listener
        self._watches: list[Watch] = []
        self._threads = [
            Thread(target=self._run, args=(duty,), name=duty.name, daemon=True) for duty in duties
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Returns when what was begun is done."""
        self._stopping.set()
        for watch in self._watches:
            watch.wake()
        for thread in self._threads:
            thread.join()

    def _run(self, duty: Duty) -> None:
        with self._listener.watch(lambda notice: notice.topic == duty.topic) as watch:
            self._watches.append(watch)
            while not self._stopping.is_set():
                try:
                    duty.work()
                except Exception:
                    log.exception("a background duty failed", action="duty_failed", duty=duty.name)
                self._rest(duty, watch)

    def _rest(self, duty: Duty, watch: Watch) -> None:
        if duty.topic is None:
            self._stopping.wait(duty.every)
        else:
            watch.wait(duty.every)
            watch.clear()
