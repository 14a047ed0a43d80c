"""The database and the documents that the settings name, for commands that need no server."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlmodel import func, select

from orchestrator import audit
from orchestrator.settings import Settings
from orchestrator.store import backup, migrations
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore
from orchestrator.store.embedded import EmbeddedPostgres
from orchestrator.store.tables import LedgerEvent


def embedded(settings: Settings) -> EmbeddedPostgres:
    return EmbeddedPostgres(settings.folder / "postgres")


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The configured database; Deskhand's own is started for as long, unless it runs already."""
    server = None if settings.database_url else embedded(settings)
    started = server.start() if server else False
    database = Database(settings.database_url or embedded(settings).url())
    try:
        yield database
    finally:
        database.close()
        if server and started:
            server.stop()


def upgrade_database(settings: Settings) -> None:
    with opened(settings) as database:
        migrations.upgrade(database.engine)


def write_backup(settings: Settings, file: Path) -> None:
    with opened(settings) as database:
        backup.backup(database, DocumentStore(settings.documents), file)


def restore_backup(settings: Settings, file: Path) -> None:
    with opened(settings) as database:
        backup.restore(database, DocumentStore(settings.documents), file)


def verify_ledger(settings: Settings) -> tuple[int, list[audit.Break]]:
    """How many events there are, and the first break of every chain that has one."""
    with opened(settings) as database, database.begin(actor="system") as unit:
        count = unit.session.exec(select(func.count()).select_from(LedgerEvent)).one()
        return count, audit.verify(unit)
