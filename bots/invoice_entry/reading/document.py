"""Is this a file that can be read? What cannot is refused with words that help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pypdfium2
from robocorp.workitems import BusinessException

from .invoice import Part

MAX_BYTES = 50 * 1024 * 1024
MAX_PAGES = 100


class Kind(Enum):
    """What a file is, by its first bytes."""

    PDF = "pdf"
    XML = "xml"
    OFD = "ofd"


def kind_of(path: Path) -> Kind:
    """BusinessException `document.*` when the file is empty, too large, or neither."""
    _check_size(path)
    with path.open("rb") as file:
        head = file.read(1024)
    if b"%PDF-" in head:
        return Kind.PDF
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return Kind.XML
    if head.startswith(b"PK") and _is_ofd(path):
        return Kind.OFD
    raise BusinessException(
        f"{path.name} is neither a PDF nor an e-invoice in XML or OFD, whatever its name says. "
        "Ask the sender for one of them.",
        code="document.not_pdf",
    )


def _is_ofd(path: Path) -> bool:
    try:
        with ZipFile(path) as archive:
            return "OFD.xml" in archive.namelist()
    except BadZipFile:
        return False


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """The PDF, opened; BusinessException `document.*` when damaged, encrypted or too long."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise _refusal(path, str(error)) from error
    try:
        _check_pages(path, len(document))
        yield document
    finally:
        document.close()


def named_file(payload: object, files: Sequence[str], suffixes: tuple[str, ...] = ("",)) -> str:
    """The work item's file that the payload's document reference names, else its only one."""
    document = payload.get("document") if isinstance(payload, dict) else None
    metadata = document.get("metadata") if isinstance(document, dict) else None
    named = metadata.get("fileName") if isinstance(metadata, dict) else None
    fitting = [name for name in files if name.lower().endswith(suffixes)]
    if named in files:
        return str(named)
    if named is None and len(fitting) == 1:
        return fitting[0]
    raise BusinessException(
        f"The work item has the files {', '.join(files) or '(none)'}, and its payload does not "
        "say which is the document. Attach one file, or name it in document.metadata.fileName.",
        code="document.none",
    )


def part_of(payload: object) -> Part | None:
    """The pages that the payload asks for, if it does."""
    part = payload.get("part") if isinstance(payload, dict) else None
    return Part(int(part["first"]), int(part["last"])) if isinstance(part, dict) else None


def corrupt(name: str) -> BusinessException:
    """The refusal of a file whose inside cannot be read."""
    return BusinessException(
        f"{name} is damaged and cannot be read. Open it in a PDF viewer and save it again, "
        "or ask the sender for a new copy.",
        code="document.corrupt",
    )


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise BusinessException(
            f"{path.name} is empty. Ask the sender to send it again.", code="document.empty"
        )
    if size > MAX_BYTES:
        raise BusinessException(
            f"{path.name} has {size // 2**20} MB; at most {MAX_BYTES // 2**20} MB are read. "
            "Send the invoice without its attachments.",
            code="document.too_large",
        )


def _refusal(path: Path, reason: str) -> BusinessException:
    if "password" not in reason.lower() and "security" not in reason.lower():
        return corrupt(path.name)
    return BusinessException(
        f"{path.name} is encrypted. Save a copy without the password, or ask the sender for one.",
        code="document.encrypted",
    )


def _check_pages(path: Path, pages: int) -> None:
    if pages == 0:
        raise BusinessException(
            f"{path.name} has no pages. Ask the sender to send it again.", code="document.empty"
        )
    if pages > MAX_PAGES:
        raise BusinessException(
            f"{path.name} has {pages} pages; at most {MAX_PAGES} are read. "
            "Split it into one file per invoice.",
            code="document.too_long",
        )
