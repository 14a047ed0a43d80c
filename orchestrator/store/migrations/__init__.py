"""The schema's history. A release's revisions never change once it is out."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('deskhand.migrations'))")


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision`. Replicas that start together wait for one another; all of
    it commits or none."""
    with engine.begin() as connection:
        connection.execute(_LOCK)
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)


def is_current(engine: Engine) -> bool:
    """Whether the schema is the newest this release knows."""
    with engine.connect() as connection:
        there = MigrationContext.configure(connection).get_current_heads()
    return set(there) == set(ScriptDirectory.from_config(config()).get_heads())


def config() -> Config:
    """Where Alembic finds the revisions."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    return settings
