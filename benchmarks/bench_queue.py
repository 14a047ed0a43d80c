"""Claim + complete per second on one durable PostgreSQL, one item at a time: through the service
functions, through a bare loop of two SQL statements, and through procrastinate."""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import procrastinate
import psycopg
from procrastinate.jobs import Status

from orchestrator.store import migrations
from orchestrator.store.database import Database
from orchestrator.store.embedded import EmbeddedPostgres
from orchestrator.work import claims, items
from orchestrator.work.model import COMPLETED, NewItem
from orchestrator.work.release import release

ITEMS = 500
ROUNDS = 2
TARGET = 0.5
QUEUE = "bench.queue"

SETUP = """
CREATE TABLE IF NOT EXISTS bare (key bigserial PRIMARY KEY, queue text, state text, payload jsonb);
CREATE INDEX IF NOT EXISTS bare_claim ON bare (queue, key) WHERE state = 'NEW';
TRUNCATE bare
"""
FILL = "INSERT INTO bare (queue, state, payload) SELECT %s, 'NEW', '{}' FROM generate_series(1, %s)"
CLAIM = """
UPDATE bare SET state = 'LEASED' WHERE key = (
    SELECT key FROM bare WHERE queue = %s AND state = 'NEW'
    ORDER BY key LIMIT 1 FOR UPDATE SKIP LOCKED
) RETURNING key, payload
"""
COMPLETE = "UPDATE bare SET state = 'DONE' WHERE key = %s AND state = 'LEASED'"


def bare(url: str) -> float:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SETUP)
        connection.execute(FILL, (QUEUE, ITEMS))

        def loop() -> None:
            while row := connection.execute(CLAIM, (QUEUE,)).fetchone():
                connection.execute(COMPLETE, (row[0],))

        return _rate(loop)


def service(url: str, batch: int) -> float:
    database = Database(url)
    with database.begin(actor="system") as unit:
        for _ in range(ITEMS):
            items.enqueue(unit, NewItem(QUEUE, {}))

    def loop() -> None:
        while True:
            with database.begin(actor="agent:1") as unit:
                claimed = claims.claim(unit, 1, [QUEUE], batch, 60)
            if not claimed:
                return
            for one in claimed:
                with database.begin(actor=f"run:{one.run.key}") as unit:
                    release(unit, one.run.key, one.item.key, COMPLETED)

    try:
        return _rate(loop)
    finally:
        database.close()


def others(url: str) -> float:
    """procrastinate, through its job manager."""
    return asyncio.run(_procrastinate(url))


async def _procrastinate(url: str) -> float:
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


def _rate(loop: Callable[[], None]) -> float:
    begun = time.perf_counter()
    loop()
    return ITEMS / (time.perf_counter() - begun)


def _report(name: str, rate: float, base: float) -> None:
    print(f"  {name:<34} {rate:8.0f} items/s  {rate / base:5.2f} x bare SQL")  # noqa: T201


def main() -> None:
    """Print each rate and its ratio to the bare loop, the best of a few rounds."""
    folder = Path(tempfile.mkdtemp(prefix="dh-"))
    server = EmbeddedPostgres(folder)
    server.start()
    try:
        _compare(server)
    finally:
        server.stop()
        shutil.rmtree(folder)


def _compare(server: EmbeddedPostgres) -> None:
    database = Database(server.url())
    migrations.upgrade(database.engine)
    database.close()
    plain = server.url().replace("+psycopg", "")
    rounds = [
        (bare(plain), service(server.url(), 1), service(server.url(), 10), others(plain))
        for _ in range(ROUNDS)
    ]
    base, one, ten, other = (max(rates) for rates in zip(*rounds, strict=True))
    print(f"Claim + complete ({ITEMS} items, durable)")  # noqa: T201
    _report("bare two-statement SQL loop", base, base)
    _report("service, claimed one by one", one, base)
    _report("service, claimed by tens", ten, base)
    _report("procrastinate", other, base)
    verdict = "reached" if one / base >= TARGET else "missed"
    print(f"  target {TARGET} x bare SQL: {verdict}; {one / other:.2f} x procrastinate")  # noqa: T201
