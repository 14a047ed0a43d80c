"""Floor 9: settings become a running server."""

import logging
import secrets
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from types import FrameType

import structlog
import uvicorn
from fastapi import FastAPI
from sqlmodel import col, func, select

from orchestrator import audit
from orchestrator.api import console
from orchestrator.api.build import build
from orchestrator.api.services import Services
from orchestrator.api.signing import Signer, secret_from
from orchestrator.background import Background, duties
from orchestrator.kernel.clock import SystemClock
from orchestrator.kernel.keys import KeyGenerator
from orchestrator.ledger import Break
from orchestrator.people.roles import Role
from orchestrator.people.users import NewUser, create_first
from orchestrator.settings import Settings
from orchestrator.store import backup as store_backup
from orchestrator.store import migrations
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore
from orchestrator.store.embedded import EmbeddedPostgres
from orchestrator.store.notify import Listener
from orchestrator.store.tables import LedgerEvent

GRACE = 10  # seconds that running requests get when the server stops

log = structlog.get_logger(__name__)


def create_app(settings: Settings) -> FastAPI:
    """The application. Its lifespan opens the database (its own, when none is named), brings
    the schema up to date, makes the first user and runs the background duties."""
    app = build(settings.upload_limit)
    app.router.lifespan_context = lambda app: _lifespan(app, settings)
    console.mount(app)
    return app


def serve(settings: Settings) -> None:
    """Run the server until SIGTERM or SIGINT; running requests are finished first."""
    _configure_logs(settings.log_level)
    config = uvicorn.Config(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level.lower(),
        access_log=False,
        timeout_graceful_shutdown=GRACE,
        server_header=False,
    )
    _Server(config).run()


class _Server(uvicorn.Server):
    """Tells long polls and streams at once that the end has come."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        services: Services | None = getattr(self.config.app.state, "services", None)  # type: ignore[union-attr]
        if services is not None:
            services.closing.set()
        super().handle_exit(sig, frame)


@asynccontextmanager
async def _lifespan(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    with running(settings) as services:
        app.state.services = services
        server = None if settings.database_url else _embedded(settings)
        work = duties(services.database, services.documents, server)
        background = Background(work, services.listener)
        background.start()
        services.listener.start()
        log.info("ready", action="ready", url=settings.base_url)
        try:
            yield
        finally:
            services.closing.set()
            background.stop()
            services.listener.stop()


@contextmanager
def running(settings: Settings) -> Iterator[Services]:
    """Services over a database that is up to date and has a first user. Our own database
    server ends with us, also when an earlier run, which was killed, had started it."""
    with _closing_embedded(settings), opened(settings) as database:
        migrations.upgrade(database.engine)
        _make_first_user(settings, database)
        secret = secret_from(settings.secret_file or settings.folder / "secret")
        yield Services(settings, database, _documents(settings), Listener(database), Signer(secret))


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database that `settings` name; our own is started, and stopped if we started it."""
    server = None if settings.database_url else _embedded(settings)
    started = server is not None and server.start()
    url = server.url() if server else str(settings.database_url)
    clock = SystemClock()
    keys = KeyGenerator(clock, settings.node)
    database = Database(
        url,
        clock=clock,
        keys=keys,
        pool_size=settings.pool_size,
        message_lifetime=timedelta(seconds=settings.message_seconds),
    )
    try:
        yield database
    finally:
        database.close()
        if server is not None and started:
            server.stop()


def upgrade_database(settings: Settings) -> None:
    """Bring the schema to this release's."""
    with opened(settings) as database:
        migrations.upgrade(database.engine)


def backup(settings: Settings, file: Path) -> None:
    with opened(settings) as database:
        store_backup.backup(database, _documents(settings), file)


def restore(settings: Settings, file: Path) -> None:
    with opened(settings) as database:
        store_backup.restore(database, _documents(settings), file)


def verify_ledger(settings: Settings) -> tuple[int, list[Break]]:
    """How many events there are, and the first break of each chain that has one."""
    with opened(settings) as database, database.begin(actor="system") as unit:
        count = unit.session.exec(select(func.count(col(LedgerEvent.number)))).one()
        return count, audit.verify(unit)


@contextmanager
def _closing_embedded(settings: Settings) -> Iterator[None]:
    try:
        yield
    finally:
        stop_embedded(settings)


def stop_embedded(settings: Settings) -> None:
    """Stop our own database server, if it runs."""
    server = _embedded(settings)
    if settings.database_url is None and server.is_running():
        server.stop()


def _embedded(settings: Settings) -> EmbeddedPostgres:
    return EmbeddedPostgres(settings.folder / "postgres")


def _documents(settings: Settings) -> DocumentStore:
    return DocumentStore(settings.documents, limit=settings.upload_limit)


def _make_first_user(settings: Settings, database: Database) -> None:
    given = settings.admin_password
    password = given.get_secret_value() if given else secrets.token_urlsafe(12)
    new = NewUser(settings.admin_username, password, [Role.ADMIN], "Administrator")
    with database.begin(actor="system") as unit:
        made = create_first(unit, new)
    if made is not None and given is None:
        print(  # noqa: T201  shown once, and in no log
            f"First user: {new.username}, password: {password}", file=sys.stderr, flush=True
        )


def _configure_logs(level: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping().get(level.upper(), logging.INFO)
        ),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
