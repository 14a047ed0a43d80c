"""Claim + complete per second on one durable PostgreSQL: through the service functions, through
a bare loop of two SQL statements (see `bare`), and through procrastinate."""

import asyncio
import time
from collections.abc import Sequence

import procrastinate
from procrastinate.jobs import Status

from benchmarks import bare
from benchmarks.server import opened, plain, postgres
from orchestrator.store.database import Database
from orchestrator.work import claims, items
from orchestrator.work.model import COMPLETED, Claim, NewItem
from orchestrator.work.release import release

ITEMS = 1000
ROUNDS = 3
BATCH = 10
TARGET = 0.5
QUEUE = bare.QUEUE


def service(database: Database, claimed: int, completed: int) -> float:
    """Leases so many items in a transaction and completes so many in one."""
    with database.begin(actor="system") as unit:
        items.enqueue_each(unit, [NewItem(QUEUE, {})] * ITEMS)
    begun = time.perf_counter()
    while leased := _claim(database, claimed):
        for at in range(0, len(leased), completed):
            _complete(database, leased[at : at + completed])
    return ITEMS / (time.perf_counter() - begun)


def _claim(database: Database, batch: int) -> list[Claim]:
    with database.begin(actor="agent:1") as unit:
        return claims.claim(unit, 1, [QUEUE], batch, 60)


def _complete(database: Database, leased: Sequence[Claim]) -> None:
    with database.begin(actor=f"run:{leased[0].run_key}") as unit:
        for one in leased:
            release(unit, one.run_key, one.item.key, COMPLETED)


async def other(url: str) -> float:
    """procrastinate, through its job manager: jobs with a log of their events, one at a time."""
    connector = procrastinate.PsycopgConnector(conninfo=url)
    app = procrastinate.App(connector=connector)
    async with app.open_async():
        if not await app.check_connection_async():
            await app.schema_manager.apply_schema_async()
        task = app.configure_task("bench", queue=QUEUE)
        await task.batch_defer_async(*[{} for _ in range(ITEMS)])
        worker = await app.job_manager.register_worker()
        begun = time.perf_counter()
        while job := await app.job_manager.fetch_job(queues=[QUEUE], worker_id=worker):
            await app.job_manager.finish_job(job, Status.SUCCEEDED, delete_job=False)
        return ITEMS / (time.perf_counter() - begun)


def main() -> None:
    """Print each rate beside the bare loop's, the best of a few rounds."""
    with postgres() as server, opened(server) as database:
        url = plain(server)
        rounds = [
            (
                bare.rate(url, ITEMS, 1),
                bare.rate(url, ITEMS, BATCH),
                service(database, 1, 1),
                service(database, BATCH, 1),
                service(database, BATCH, BATCH),
                asyncio.run(other(url)),
            )
            for _ in range(ROUNDS)
        ]
    report(*(max(rates) for rates in zip(*rounds, strict=True)))


def report(one: float, ten: float, *rates: float) -> None:
    print(  # noqa: T201
        f"Claim + complete ({ITEMS} items, durable). The service keeps for each item an attempt,\n"
        "  a run with a token, a lease with a fencing token, two ledger lines and two notices."
    )
    names = (
        f"bare SQL, {BATCH} in a statement",
        "service, one by one",
        f"service, claimed by {BATCH}",
        f"service, claimed and completed by {BATCH}",
        "procrastinate, one by one",
    )
    print(f"  {'bare SQL, one by one':<38} {one:8,.0f} items/s")  # noqa: T201
    for name, rate in zip(names, (ten, *rates), strict=True):
        print(  # noqa: T201
            f"  {name:<38} {rate:8,.0f} items/s  {rate / one:5.2f} x bare one by one"
            f"  {rate / ten:5.2f} x bare by {BATCH}"
        )
    singly, _, together, procrastinates = rates
    verdict = "reached" if singly >= TARGET * one else "NOT reached"
    print(  # noqa: T201
        f"  target {TARGET} x bare SQL, like against like: {verdict} one by one"
        f" ({singly / one:.2f}), by {BATCH} {together / ten:.2f};"
        f" {singly / procrastinates:.2f} x procrastinate one by one"
    )
