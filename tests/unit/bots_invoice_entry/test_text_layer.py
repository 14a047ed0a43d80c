"""Words and where they stand, however the page is turned or cut."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.generic import RectangleObject

from bots.invoice_entry.reading.reader import read
from bots.invoice_entry.reading.text_layer import pages_of

Texts = Sequence[tuple[float, float, str]]
Draw = Callable[..., Path]


def turned(path: Path, angle: int) -> Path:
    """The page with its text drawn sideways and a /Rotate that sets it right again."""
    writer = PdfWriter(clone_from=PdfReader(path))
    page = writer.pages[0]
    page.rotate(angle)
    page.transfer_rotation_to_content()
    page.rotate(-angle)
    writer.write(path)
    return path


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_a_turned_page_reads_like_an_upright_one(angle: int, draw: Draw, german: Texts) -> None:
    upright = read(draw(german))
    invoice = read(turned(draw(german), angle))
    assert invoice.trusted
    assert invoice.page_sizes[0] == pytest.approx(upright.page_sizes[0], abs=1)
    for name, field in upright.fields.items():
        assert invoice.fields[name].value == field.value
        if field.box is not None:
            assert invoice.fields[name].box == pytest.approx(field.box, abs=1)


def test_boxes_are_those_of_the_visible_part_of_a_page(draw: Draw, german: Texts) -> None:
    whole = read(draw(german)).fields["number"].box
    path = draw(german)
    writer = PdfWriter(clone_from=PdfReader(path))
    width, height = writer.pages[0].mediabox.upper_right
    writer.pages[0].cropbox = RectangleObject((20, 0, width, height - 30))
    writer.write(path)
    cut = read(path).fields["number"].box
    assert whole is not None
    assert cut == pytest.approx((whole[0] - 20, whole[1] - 30, whole[2] - 20, whole[3] - 30))


def test_a_word_broken_at_the_end_of_a_line_keeps_its_hyphen(draw: Draw) -> None:
    lines = [(50, 60, "Rechnungsnummer: 2024-"), (50, 74, "0815")]
    assert read(draw(lines)).fields["number"].value != "2024\x02"


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.text for page in pages_of(document, path.name))


def test_text_up_the_margin_is_not_read(draw: Draw, german: Texts) -> None:
    path = draw(german)
    plain = text_of(path)
    writer = PdfWriter(clone_from=PdfReader(path))
    margin = draw([(50, 60, "Gesamtbetrag 99.999,99")], name="m.pdf")
    sideways = Transformation().rotate(90).translate(600, 0)
    writer.pages[0].merge_transformed_page(PdfReader(margin).pages[0], sideways)
    writer.write(path)
    assert text_of(path) == plain


def test_texts_printed_over_one_another_are_unreadable(draw: Draw, german: Texts) -> None:
    """Sorted by place, the digits of two dates make a third."""
    over = [*german, (453, 74, "17.08.2022")]
    invoice = read(draw(over))
    assert "issue_date" not in invoice.fields
    assert not invoice.trusted


def test_bold_type_that_is_printed_twice_is_read_once(draw: Draw, german: Texts) -> None:
    twice = [text for x, y, word in german for text in ((x, y, word), (x + 0.3, y, word))]
    invoice = read(draw(twice))
    assert invoice.fields["number"].value == "2024-0815"
    assert invoice.trusted
