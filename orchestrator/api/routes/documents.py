"""Documents, and their pages as pictures."""

import mimetypes
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query, Response, UploadFile
from pydantic import Field

from orchestrator.api.model import Model
from orchestrator.api.security import Anyone, DocumentAdder
from orchestrator.api.services import S
from orchestrator.store.documents import reference
from orchestrator.store.tables import Document

router = APIRouter(prefix="/v2/documents", tags=["documents"])

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


class DocumentReference(Model):
    """What a variable holds that points at a document."""

    camunda_document_type: Literal["camunda"] = Field(alias="camunda.document.type")
    store_id: str
    document_id: str
    content_hash: str
    metadata: DocumentMetadata


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


@router.get("/{document_id}", response_class=Response, responses=BYTES)
def get_document(document_id: str, caller: Anyone, s: S) -> Response:
    with caller.begin() as unit:
        document = s.documents.find(unit, document_id)
        return download(document, s.documents.get(unit, document_id))


@router.get("/{document_id}/pages")
def get_document_pages(document_id: str, caller: Anyone, s: S) -> Pages:
    """400 document.not_pdf for what is none."""
    with caller.begin() as unit:
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

    def load() -> bytes:
        with caller.begin() as unit:
            return s.documents.get(unit, document_id)

    picture = s.pages.png(document_id, number, dpi, load)
    # A document's bytes never change, so neither do its pages.
    headers = {"Cache-Control": "private, max-age=86400, immutable"}
    return Response(picture, media_type="image/png", headers=headers)


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
