"""Files by the SHA-256 of their bytes, on any file system that fsspec knows.

Bytes are kept per tenant at <base>/<tenant>/<first two digits>/<digest>, are written once and
never changed: storing the same bytes again costs nothing.
"""

import hashlib
import io
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO

import fsspec
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from orchestrator.kernel.errors import Conflict, InvalidInput, NotFound, TooLarge, Unavailable
from orchestrator.store import sql
from orchestrator.store.tables import Document
from orchestrator.store.unit import Unit

TOPIC = "document"
"""Noticed when documents are deleted."""
CHUNK = 1024 * 1024
DEFAULT_LIMIT = 100 * CHUNK
SPOOL = 4 * CHUNK
_DIGEST = re.compile(r"[0-9a-f]{64}")
_TENANT = re.compile(r"[\w-][\w.-]*")
_STORED = re.compile(rf"{_TENANT.pattern}/[0-9a-f]{{2}}/(?P<digest>[0-9a-f]{{64}})")


class DocumentStore:
    """Documents below `base_url` (file:///var/lib/deskhand/documents, s3://..., memory://...)."""

    def __init__(self, base_url: str, *, limit: int = DEFAULT_LIMIT) -> None:
        self._files, self._base = fsspec.url_to_fs(base_url)
        self._limit = limit

    def put(self, unit: Unit, content: bytes | BinaryIO, name: str, content_type: str) -> Document:
        """Store `content`; its bytes are durable before the row that names them can commit.

        The same bytes give the same document, with the name it got first. Raises `TooLarge`.
        """
        with tempfile.SpooledTemporaryFile(max_size=SPOOL) as spool:
            digest, size = self._receive(content, spool)
            path = self._path(unit, digest)
            # First, since it locks the row: none erases the bytes before this transaction ends.
            document = self._record(unit, digest, name, content_type, size)
            if not self._files.exists(path):
                spool.seek(0)
                self._write(path, spool)
        return document

    def get(self, unit: Unit, digest: str) -> bytes:
        """The bytes of a document. Raises `NotFound`, and `Unavailable` (document.damaged) when
        the bytes there are not those that were stored."""
        self.find(unit, digest)
        try:
            content: bytes = self._files.cat_file(self._path(unit, digest))
        except FileNotFoundError as error:
            raise _damaged(digest, "are gone") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise _damaged(digest, "have changed")
        return content

    def find(self, unit: Unit, digest: str) -> Document:
        """What is known of a document. Raises `NotFound` when the tenant has none such."""
        if not _DIGEST.fullmatch(digest):
            raise NotFound(f"there is no document {digest!r}")
        query = select(Document).where(
            Document.tenant_id == unit.tenant_id,
            Document.digest == digest,
            col(Document.deleted_at).is_(None),
        )
        document = unit.session.exec(query).one_or_none()
        if document is None:
            raise NotFound(f"there is no document {digest}")
        return document

    def delete(self, unit: Unit, digest: str) -> None:
        """Not there any more; the bytes go once this has committed. Raises NotFound, Conflict
        (document.in_use) while anything names it: what was decided on it would lose its proof."""
        document = self.find(unit, digest)
        user = sql.execute(unit, "document_users", digest=digest).fetchone()
        if user is not None:
            text = f"{user.what} {user.key} uses the document; it can be deleted when that is gone"
            raise Conflict(text, code="document.in_use")
        document.deleted_at = unit.now
        unit.session.add(document)
        unit.notify(TOPIC, digest)

    def erase_deleted(self, unit: Unit) -> None:
        """Let go of the bytes of deleted documents, unless they are being stored again."""
        query = select(Document).where(
            Document.tenant_id == unit.tenant_id, col(Document.deleted_at).is_not(None)
        )
        for document in unit.session.exec(query.with_for_update(skip_locked=True)):
            path = self._path(unit, document.digest)
            if self._files.exists(path):
                self._files.rm_file(path)
            unit.session.delete(document)

    def every(self) -> Iterator[tuple[str, bytes]]:
        """All documents of all tenants: <tenant>/<two digits>/<digest>, and the bytes."""
        if self._files.exists(self._base):
            for path in sorted(self._files.find(self._base)):
                name = path.removeprefix(self._base).lstrip("/")
                if _STORED.fullmatch(name):
                    yield name, self._files.cat_file(path)

    def accept(self, name: str, content: bytes) -> None:
        """Keep a document that `every` gave. Raises `InvalidInput` when the name is none of
        ours or the bytes are not those it promises."""
        digest = hashlib.sha256(content).hexdigest()
        stored = _STORED.fullmatch(name)
        if stored is None or stored["digest"] != digest:
            raise InvalidInput(f"{name!r} is not a document, or was damaged")
        self._write(f"{self._base}/{name}", io.BytesIO(content))

    def _receive(self, content: bytes | BinaryIO, spool: IO[bytes]) -> tuple[str, int]:
        hasher, size = hashlib.sha256(), 0
        for chunk in _chunks(content):
            size += len(chunk)
            if size > self._limit:
                raise TooLarge(f"a document may have {self._limit} bytes; this one has more")
            hasher.update(chunk)
            spool.write(chunk)
        return hasher.hexdigest(), size

    def _path(self, unit: Unit, digest: str) -> str:
        if not _TENANT.fullmatch(unit.tenant_id):
            raise InvalidInput(f"{unit.tenant_id!r} cannot name a tenant's folder")
        return f"{self._base}/{unit.tenant_id}/{digest[:2]}/{digest}"

    def _write(self, path: str, source: IO[bytes]) -> None:
        """All or nothing: readers and crashes never meet half a file."""
        self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
        if "file" not in self._protocols():
            with self._files.open(path, "wb") as target:
                _copy(source, target)
            return
        with _durable_file(path) as target:
            _copy(source, target)

    def _protocols(self) -> tuple[str, ...]:
        protocol = self._files.protocol
        return (protocol,) if isinstance(protocol, str) else tuple(protocol)

    def _record(self, unit: Unit, digest: str, name: str, content_type: str, size: int) -> Document:
        unit.session.connection().execute(
            insert(Document)
            .values(
                tenant_id=unit.tenant_id, digest=digest, name=name, content_type=content_type,
                size=size, created_at=unit.now,
            )
            .on_conflict_do_update(
                index_elements=["tenant_id", "digest"],
                set_={"deleted_at": None},
                where=col(Document.deleted_at).is_not(None),
            )
        )  # fmt: skip
        return self.find(unit, digest)


def reference(document: Document, name: str | None = None) -> dict[str, Any]:
    """The value of a variable that points at the document, in Camunda 8's shape."""
    return {
        "camunda.document.type": "camunda",
        "storeId": "default",
        "documentId": document.digest,
        "contentHash": document.digest,
        "metadata": {
            "fileName": name or document.name,
            "contentType": document.content_type,
            "size": document.size,
        },
    }


def references(payload: Any) -> list[tuple[str, str]]:
    """(name, digest) of every document reference at the top level of `payload` or in a list
    there."""
    values = payload.values() if isinstance(payload, dict) else ()
    found = [one for value in values for one in (value if isinstance(value, list) else [value])]
    return [_name_and_digest(one) for one in found if _is_reference(one)]


def _is_reference(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.get("camunda.document.type") == "camunda"
        and isinstance(value.get("documentId"), str)
        and _DIGEST.fullmatch(value["documentId"]) is not None
    )


def _name_and_digest(value: dict[str, Any]) -> tuple[str, str]:
    metadata = value.get("metadata")
    name = metadata.get("fileName") if isinstance(metadata, dict) else None
    return str(name or value["documentId"]), value["documentId"]


def _chunks(content: bytes | BinaryIO) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    while chunk := content.read(CHUNK):
        yield chunk


def _copy(source: IO[bytes], target: IO[bytes]) -> None:
    while chunk := source.read(CHUNK):
        target.write(chunk)


@contextmanager
def _durable_file(path: str) -> Iterator[IO[bytes]]:
    folder = os.path.dirname(path)
    descriptor, fresh = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        with os.fdopen(descriptor, "wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        os.rename(fresh, path)
    except BaseException:
        os.unlink(fresh)
        raise
    _sync_folder(folder)


def _sync_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _damaged(digest: str, what: str) -> Unavailable:
    return Unavailable(f"the bytes of document {digest} {what}", code="document.damaged")
