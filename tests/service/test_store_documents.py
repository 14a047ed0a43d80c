"""Documents are kept by digest, whole or not at all, and each tenant sees its own."""

import hashlib
import io
from pathlib import Path

import pytest

from orchestrator.kernel.errors import NotFound, TooLarge, Unavailable
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore, reference, references

BYTES = b"%PDF-1.7 hello"
DIGEST = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture(params=["file", "memory"])
def documents(request: pytest.FixtureRequest, tmp_path: Path) -> DocumentStore:
    """Every store behaves alike."""
    return DocumentStore(f"{request.param}://{tmp_path}/documents", limit=1000)


def test_what_was_put_is_got(database: Database, documents: DocumentStore) -> None:
    with database.begin(actor="system") as unit:
        first = documents.put(unit, BYTES, "a.pdf", "application/pdf")
        assert (first.digest, first.size, first.name) == (DIGEST, len(BYTES), "a.pdf")
    with database.begin(actor="system") as unit:
        again = documents.put(unit, io.BytesIO(BYTES), "b.pdf", "application/pdf")
        assert again.name == "a.pdf"
        assert documents.get(unit, DIGEST) == BYTES


def test_an_empty_document_is_a_document(database: Database, documents: DocumentStore) -> None:
    with database.begin(actor="system") as unit:
        assert documents.get(unit, documents.put(unit, b"", "e", "text/plain").digest) == b""


def test_other_tenants_do_not_have_it(database: Database, documents: DocumentStore) -> None:
    with database.begin(actor="system", tenant_id="a") as unit:
        documents.put(unit, BYTES, "a.pdf", "application/pdf")
    with database.begin(actor="system", tenant_id="b") as unit, pytest.raises(NotFound):
        documents.get(unit, DIGEST)


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "0" * 64, DIGEST.upper()])
def test_what_is_not_there_is_not_found(
    database: Database, documents: DocumentStore, digest: str
) -> None:
    with database.begin(actor="system") as unit, pytest.raises(NotFound):
        documents.get(unit, digest)


def test_too_large_is_refused_and_leaves_nothing(
    database: Database, documents: DocumentStore
) -> None:
    with database.begin(actor="system") as unit, pytest.raises(TooLarge):
        documents.put(unit, io.BytesIO(b"x" * 1001), "a", "b")
    assert list(documents.every()) == []


def test_damaged_bytes_are_noticed(database: Database, tmp_path: Path) -> None:
    documents = DocumentStore(f"file://{tmp_path}")
    with database.begin(actor="system") as unit:
        documents.put(unit, BYTES, "a.pdf", "application/pdf")
        path = tmp_path / "default" / DIGEST[:2] / DIGEST
        path.write_bytes(b"other")
        with pytest.raises(Unavailable, match="have changed"):
            documents.get(unit, DIGEST)
        path.unlink()
        with pytest.raises(Unavailable, match="are gone"):
            documents.get(unit, DIGEST)


def test_a_failed_write_leaves_no_half_file(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(_: int) -> None:
        raise OSError("no space left on device")

    documents = DocumentStore(f"file://{tmp_path}")
    monkeypatch.setattr("os.fsync", no_space)
    with database.begin(actor="system") as unit, pytest.raises(OSError, match="no space"):
        documents.put(unit, BYTES, "a.pdf", "application/pdf")
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_references_are_found_where_variables_hold_them(
    database: Database, documents: DocumentStore
) -> None:
    with database.begin(actor="system") as unit:
        document = documents.put(unit, BYTES, "a.pdf", "application/pdf")
    one, other = reference(document), reference(document, "renamed.pdf")
    payload = {"document": one, "more": [other, 7], "deep": {"er": one}, "text": "x"}
    assert references(payload) == [("a.pdf", DIGEST), ("renamed.pdf", DIGEST)]
    assert references([one]) == references(None) == references({"document": {"a": 1}}) == []
