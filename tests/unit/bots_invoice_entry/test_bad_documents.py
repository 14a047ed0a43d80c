"""What cannot be an invoice is refused, with a code and with words that help."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from robocorp.workitems import BusinessException

from bots.invoice_entry.reading import document
from bots.invoice_entry.reading.document import named_file
from bots.invoice_entry.reading.reader import read

Texts = Sequence[tuple[float, float, str]]


def refusal_of(path: Path) -> str:
    with pytest.raises(BusinessException) as refusal:
        read(path)
    assert path.name in str(refusal.value.message)
    return str(refusal.value.code)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "document.empty"),
        (b"PK\x03\x04 a spreadsheet", "document.not_pdf"),
        (b"%PDF-1.7\n" + b"garbage " * 200, "document.corrupt"),
    ],
)
def test_files_that_are_no_pdf(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "upload.pdf"
    path.write_bytes(content)
    assert refusal_of(path) == code


def test_an_encrypted_pdf(draw: Callable[..., Path], german: Texts) -> None:
    path = draw(german)
    writer = PdfWriter(clone_from=PdfReader(path))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)
    assert refusal_of(path) == "document.encrypted"


def test_three_hundred_pages(tmp_path: Path) -> None:
    writer = PdfWriter()
    for _ in range(300):
        writer.add_blank_page(100, 100)
    path = tmp_path / "long.pdf"
    writer.write(path)
    assert refusal_of(path) == "document.too_long"


def test_a_file_over_the_limit(
    draw: Callable[..., Path], german: Texts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document, "MAX_BYTES", 100)
    assert refusal_of(draw(german)) == "document.too_large"


def test_the_document_is_the_file_that_the_payload_names() -> None:
    payload = {"document": {"metadata": {"fileName": "b.pdf"}}}
    assert named_file(payload, ["a.pdf", "b.pdf"]) == "b.pdf"
    assert named_file(None, ["only.pdf"]) == "only.pdf"
    for payload, files in ((None, ["a.pdf", "b.pdf"]), ({}, [])):
        with pytest.raises(BusinessException, match="which is the document"):
            named_file(payload, files)
