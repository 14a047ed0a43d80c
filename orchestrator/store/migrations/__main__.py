"""`python -m orchestrator.store.migrations NUMBER MESSAGE` writes a revision that brings the
migrated schema to what the tables say now, against a throw-away embedded PostgreSQL."""

import shutil
import sys
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from orchestrator.store import migrations
from orchestrator.store.embedded import EmbeddedPostgres


def main(number: str, message: str) -> None:
    """Write `versions/r<number>_<message>.py`."""
    folder = Path(tempfile.mkdtemp(prefix="dh-"))
    server = EmbeddedPostgres(folder, durable=False)
    server.start()
    try:
        engine = create_engine(server.url())
        migrations.upgrade(engine)
        with engine.begin() as connection:
            settings = migrations.config()
            settings.attributes["connection"] = connection
            command.revision(settings, message, autogenerate=True, rev_id=number)
        engine.dispose()
    finally:
        server.stop()
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
