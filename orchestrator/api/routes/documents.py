"""Documents, and their pages as pictures."""

import mimetypes
from datetime import timedelta
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import Query, Response, UploadFile
from pydantic import Field

from orchestrator.api import sealing
from orchestrator.api.error_to_http import status_of
from orchestrator.api.model import Instant, JsonObject, Model
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, DocumentAdder, DocumentDeleter
from orchestrator.api.services import S, Services
from orchestrator.api.signing import LIFE
from orchestrator.audit import append
from orchestrator.kernel.errors import DeskhandError
from orchestrator.store.documents import reference
from orchestrator.store.tables import Document
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/documents", tags=["documents"])

FETCH = "fetch-document"
DAY = 24 * 3_600_000
UNKNOWN = "application/octet-stream"
SHOWN = {"application/pdf", "image/png", "image/jpeg", "text/plain"}
BYTES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
}
PNG: dict[int | str, dict[str, Any]] = {
    200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}
}


class DocumentMetadata(Model):
    file_name: str
    content_type: str
    size: int
    expires_at: None = None
    process_definition_id: None = None
    process_instance_key: None = None
    custom_properties: JsonObject = Field(default_factory=dict)


class DocumentReference(Model):
    """What a variable holds that points at a document."""

    camunda_document_type: Literal["camunda"] = Field(alias="camunda.document.type")
    store_id: str
    document_id: str
    content_hash: str
    metadata: DocumentMetadata


class FailedDocument(Model):
    file_name: str
    status: int
    title: str
    detail: str


class DocumentBatch(Model):
    created_documents: list[DocumentReference]
    failed_documents: list[FailedDocument]


class LinkRequest(Model):
    time_to_live: Annotated[int, Field(ge=1000, le=DAY)] = 3_600_000
    """In milliseconds."""


class DocumentLink(Model):
    url: str
    """Whoever has it may fetch the document."""
    expires_at: Instant


class PageView(Model):
    """In points."""

    width: float
    height: float


class Pages(Model):
    pages: list[PageView]


@router.post("", status_code=201)
def create_document(file: UploadFile, caller: DocumentAdder, s: S) -> DocumentReference:
    """The same bytes are the same document."""
    name = file.filename or "document"
    with caller.begin() as unit:
        document = s.documents.put(unit, file.file, name, content_type(file))
        return DocumentReference.model_validate(reference(document, name))


@router.post("/batch", status_code=201, responses={207: {"model": DocumentBatch}})
def create_documents(
    files: list[UploadFile], caller: DocumentAdder, response: Response, s: S
) -> DocumentBatch:
    """As one by one; 207 when some of them could not be kept."""
    batch = DocumentBatch(created_documents=[], failed_documents=[])
    with caller.begin() as unit:
        for file in files:
            name = file.filename or "document"
            try:
                with unit.savepoint():
                    document = s.documents.put(unit, file.file, name, content_type(file))
            except DeskhandError as error:
                batch.failed_documents.append(_failed(name, error))
                continue
            batch.created_documents.append(
                DocumentReference.model_validate(reference(document, name))
            )
    response.status_code = 207 if batch.failed_documents else 201
    return batch


@router.post("/{document_id}/links", status_code=201)
def create_document_link(
    document_id: str, caller: Anyone, s: S, body: LinkRequest | None = None
) -> DocumentLink:
    """A link for a program or person without an account, for a limited time."""
    life = timedelta(milliseconds=(body or LinkRequest()).time_to_live)

    def link(unit: Unit) -> DocumentLink:
        document = s.documents.find(unit, document_id)
        sealing.check_document(unit, caller, document.digest)
        facts = {"seconds": int(life.total_seconds())}
        append(unit, f"document/{document.digest}", "document.link_created", facts)
        url = link_to(s, unit, document.digest, life)
        return DocumentLink(url=url, expires_at=unit.now + life)

    return caller.command(link)


@router.get("/{document_id}", response_class=Response, responses=BYTES)
def get_document(document_id: str, caller: Anyone, s: S) -> Response:
    with caller.begin() as unit:
        document = s.documents.find(unit, document_id)
        sealing.check_document(unit, caller, document.digest)
        return download(document, s.documents.get(unit, document_id))


@router.delete("/{document_id}", status_code=204)
def delete_document(document_id: str, caller: DocumentDeleter, s: S) -> None:
    """409 document.in_use while a process instance, work item, run, second look or message names
    it, whoever else stored the same bytes."""

    def delete(unit: Unit) -> None:
        document = s.documents.find(unit, document_id)
        sealing.check_document(unit, caller, document.digest)
        s.documents.delete(unit, document.digest)
        append(unit, f"document/{document.digest}", "document.deleted", {"size": document.size})

    caller.command(delete)


@router.get("/{document_id}/pages")
def get_document_pages(document_id: str, caller: Anyone, s: S) -> Pages:
    """400 document.not_pdf for what is none."""
    with caller.begin() as unit:
        s.documents.find(unit, document_id)
        sealing.check_document(unit, caller, document_id)
        content = s.documents.get(unit, document_id)
    sizes = s.pages.sizes(lambda: content)
    return Pages(pages=[PageView.model_validate(size) for size in sizes])


@router.get("/{document_id}/pages/{number}.png", response_class=Response, responses=PNG)
def get_document_page(
    document_id: str,
    number: int,
    caller: Anyone,
    s: S,
    dpi: Annotated[int, Query(ge=20, le=300)] = 110,
) -> Response:
    with caller.begin() as unit:
        s.documents.find(unit, document_id)
        sealing.check_document(unit, caller, document_id)

    def load() -> bytes:
        with caller.begin() as unit:
            return s.documents.get(unit, document_id)

    picture = s.pages.png(document_id, number, dpi, load)
    # A document's bytes never change, so neither do its pages.
    headers = {"Cache-Control": "private, max-age=86400, immutable"}
    return Response(picture, media_type="image/png", headers=headers)


def link_to(s: Services, unit: Unit, digest: str, life: timedelta = LIFE) -> str:
    """Where anyone may fetch the document for as long as `life`."""
    claims = {"tenant": unit.tenant_id, "actor": unit.actor, "document": digest}
    return f"{s.settings.base_url}/files/{s.signer.sign(FETCH, claims, unit.now, life)}"


def _failed(name: str, error: DeskhandError) -> FailedDocument:
    status = status_of(error)
    title = HTTPStatus(status).phrase
    return FailedDocument(file_name=name, status=status, title=title, detail=error.message)


def content_type(file: UploadFile) -> str:
    """As the sender says, else what the name suggests."""
    guessed, _ = mimetypes.guess_type(file.filename or "")
    said = file.content_type
    return (guessed if said in {None, UNKNOWN} else said) or UNKNOWN


def download(document: Document, content: bytes) -> Response:
    """The bytes. What a browser could run as a page of ours is never shown, only saved."""
    shown = document.content_type in SHOWN
    disposition = "inline" if shown else "attachment"
    headers = {
        "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(document.name, safe='')}",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    kind = document.content_type if shown else UNKNOWN
    return Response(content, media_type=kind, headers=headers)
