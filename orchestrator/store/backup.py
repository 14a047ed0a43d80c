"""One file that holds everything: the database and the documents.

    manifest.json      format, release, when, schema revision
    database.dump      pg_dump's custom format
    documents/...      as in the document store

Documents are only ever added, and a row never names bytes that are not there yet: so dumping
the database first and copying the documents after gives a backup that fits together, while work
goes on.
"""

import io
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from sqlalchemy import inspect, make_url, text

from orchestrator.kernel.errors import Conflict, InvalidInput, Unavailable
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore
from orchestrator.store.embedded import binary

FORMAT = 1
MANIFEST, DUMP, DOCUMENTS = "manifest.json", "database.dump", "documents/"


def backup(database: Database, documents: DocumentStore, target: Path) -> None:
    """Write `target`, a tar file. It appears when it is whole. Raises `Conflict` when there is
    such a file, `Unavailable` when the database cannot be dumped."""
    if target.exists():
        raise Conflict(f"{target} is there already; name a new file")
    unfinished = target.with_name(target.name + ".part")
    try:
        with tarfile.open(unfinished, "w") as archive, tempfile.TemporaryDirectory() as folder:
            dump = Path(folder) / DUMP
            _run("pg_dump", database, "--format=custom", f"--file={dump}")
            _add(archive, MANIFEST, json.dumps(_manifest(database), indent=2).encode())
            archive.add(dump, DUMP)
            for name, content in documents.every():
                _add(archive, DOCUMENTS + name, content)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)


def restore(database: Database, documents: DocumentStore, source: Path) -> None:
    """Bring back what `source` holds, into an empty database and an empty document store.

    Raises `Conflict` when one of them is not empty, `InvalidInput` when `source` is no backup
    or was damaged.
    """
    if inspect(database.engine).get_table_names() or any(True for _ in documents.every()):
        raise Conflict("restoring needs an empty database and an empty document store")
    try:
        with tarfile.open(source) as archive:
            _check(archive)
            _restore_documents(archive, documents)
            _restore_database(archive, database)
    except (tarfile.TarError, EOFError) as error:
        raise InvalidInput(f"{source} is not a backup: {error}") from error


def _manifest(database: Database) -> dict[str, Any]:
    with database.engine.connect() as connection:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return {
        "format": FORMAT,
        "release": version("deskhand"),
        "made_at": datetime.now(UTC).isoformat(),
        "revision": revision,
    }


def _check(archive: tarfile.TarFile) -> None:
    try:
        manifest = json.load(_open(archive, MANIFEST))
    except ValueError as error:
        raise InvalidInput("the backup's manifest cannot be read") from error
    if manifest.get("format") != FORMAT:
        raise InvalidInput(f"the backup has format {manifest.get('format')}; I know {FORMAT}")


def _restore_documents(archive: tarfile.TarFile, documents: DocumentStore) -> None:
    """Nothing is extracted to a path that the archive chooses: the store checks each name, and
    that the bytes are those the name promises."""
    for member in _members(archive):
        if member.name.startswith(DOCUMENTS):
            documents.accept(member.name.removeprefix(DOCUMENTS), _open(archive, member).read())


def _restore_database(archive: tarfile.TarFile, database: Database) -> None:
    with tempfile.NamedTemporaryFile() as dump:
        content = _open(archive, DUMP)
        while chunk := content.read(1 << 20):
            dump.write(chunk)
        dump.flush()
        _run(
            "pg_restore",
            database,
            "--no-owner",
            "--exit-on-error",
            "--single-transaction",
            dump.name,
        )


def _members(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    return (member for member in archive if member.isfile())


def _open(archive: tarfile.TarFile, member: str | tarfile.TarInfo) -> IO[bytes]:
    try:
        content = archive.extractfile(member)
    except KeyError as error:
        raise InvalidInput(f"the file is not a backup: it has no {member}") from error
    if content is None:
        raise InvalidInput(f"the file is not a backup: {member} is not a file in it")
    return content


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def _run(program: str, database: Database, *arguments: str) -> None:
    url = make_url(database.url)
    # The password goes by the environment: arguments can be read by everyone on the machine.
    environment = os.environ | {"PGPASSWORD": str(url.password or "")}
    address = url._replace(drivername="postgresql", password=None).render_as_string()
    command = [str(binary(program)), f"--dbname={address}", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise Unavailable(f"{program} failed: {done.stderr.strip()}")
