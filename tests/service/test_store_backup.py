"""A backup brings everything back, and a bad one changes nothing."""

import io
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from orchestrator import audit
from orchestrator.kernel.errors import Conflict, InvalidInput
from orchestrator.store import migrations
from orchestrator.store.backup import backup, restore
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore
from orchestrator.store.embedded import EmbeddedPostgres


@pytest.fixture
def empty(postgres: EmbeddedPostgres) -> Iterator[Database]:
    yield from _created(postgres, "restored")


@pytest.fixture
def full(postgres: EmbeddedPostgres) -> Iterator[Database]:
    for database in _created(postgres, "backed_up"):
        migrations.upgrade(database.engine)
        yield database


@pytest.fixture
def documents(tmp_path: Path) -> DocumentStore:
    return DocumentStore(f"file://{tmp_path}/documents")


def _created(postgres: EmbeddedPostgres, name: str) -> Iterator[Database]:
    admin = create_engine(postgres.url(), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        database = Database(postgres.url(name))
        yield database
        database.close()
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def test_everything_comes_back(
    full: Database, empty: Database, documents: DocumentStore, tmp_path: Path
) -> None:
    with full.begin(actor="user:anna") as unit:
        digest = documents.put(unit, b"bytes", "a.pdf", "application/pdf").digest
        audit.append(unit, "s/1", "k", {"document": digest})
    backup(full, documents, tmp_path / "all.tar")
    elsewhere = DocumentStore(f"file://{tmp_path}/elsewhere")
    restore(empty, elsewhere, tmp_path / "all.tar")
    with empty.begin(actor="system") as unit:
        assert elsewhere.get(unit, digest) == b"bytes"
        assert [e.actor for e in audit.read(unit, "s/1")] == ["user:anna"]
        assert audit.verify(unit) == []
    assert migrations.is_current(empty.engine)


def test_a_file_that_is_there_is_not_overwritten(
    full: Database, documents: DocumentStore, tmp_path: Path
) -> None:
    (tmp_path / "all.tar").write_text("precious")
    with pytest.raises(Conflict, match="is there already"):
        backup(full, documents, tmp_path / "all.tar")
    assert (tmp_path / "all.tar").read_text() == "precious"


def test_restoring_over_something_is_refused(
    full: Database, documents: DocumentStore, tmp_path: Path
) -> None:
    backup(full, documents, tmp_path / "all.tar")
    with pytest.raises(Conflict, match="needs an empty database"):
        restore(full, documents, tmp_path / "all.tar")


def tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w") as archive:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, "has no manifest.json"),
        ({"manifest.json": b"{"}, "manifest cannot be read"),
        ({"manifest.json": b'{"format": 99}'}, "format 99"),
        ({"manifest.json": b'{"format": 1}'}, "has no database.dump"),
        (
            {"manifest.json": b'{"format": 1}', "documents/../../evil": b"x"},
            "not a document, or was damaged",
        ),
        (
            {"manifest.json": b'{"format": 1}', f"documents/default/00/{'0' * 64}": b"x"},
            "not a document, or was damaged",
        ),
    ],
)
def test_a_bad_backup_is_refused(
    empty: Database, tmp_path: Path, members: dict[str, bytes], reason: str
) -> None:
    documents = DocumentStore(f"file://{tmp_path}/a/b/documents")
    source = tar(tmp_path / "bad.tar", members)
    with pytest.raises(InvalidInput, match=reason):
        restore(empty, documents, source)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [source]


def test_what_is_no_tar_is_refused(
    empty: Database, documents: DocumentStore, tmp_path: Path
) -> None:
    (tmp_path / "no.tar").write_bytes(b"no tar at all" * 100)
    with pytest.raises(InvalidInput, match="is not a backup"):
        restore(empty, documents, tmp_path / "no.tar")
