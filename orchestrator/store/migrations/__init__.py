"""The schema's history. A release's revisions never change once it is out."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

# Of a table without statistics the planner believes that a tenant has few of its rows, and makes
# plans that read all of them, which a connection then keeps while the table grows. Until the first
# ANALYZE it is told that all rows are of one tenant.
_TENANTS = text("""
SELECT pg_restore_attribute_stats(
    'schemaname', nspname::text, 'relname', relname::text, 'attname', attname::text,
    'inherited', false, 'null_frac', 0::real, 'avg_width', 8, 'n_distinct', 1::real)
FROM pg_attribute
JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r'
JOIN pg_namespace ON pg_namespace.oid = relnamespace AND nspname = current_schema
WHERE attname = 'tenant_id'
  AND (nspname, relname, attname) NOT IN (SELECT schemaname, tablename, attname FROM pg_stats)
""")
_TOLD_SINCE = (18,)  # the first PostgreSQL that can be told
_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('deskhand.migrations'))")


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision`. Replicas that start together wait for one another; all of
    it commits or none."""
    with engine.begin() as connection:
        connection.execute(_LOCK)
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, revision)
        if (connection.dialect.server_version_info or ()) >= _TOLD_SINCE:
            connection.execute(_TENANTS)


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
