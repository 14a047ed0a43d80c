"""Bad input gets a clear message in the right place, and disturbs nothing else."""

from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from orchestrator.cli.client import Refused
from orchestrator.cli.up import Stack
from samples.invoices.catalog import INVOICES
from samples.invoices.draw import draw
from tests.e2e.conftest import Feed

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]
GOOD = next(i for i in INVOICES if i.outcome == "booked" and not i.twin and not i.po_number)
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom">'
    + "".join(f'<!ENTITY b{"b" * n} "{("&b" + "b" * (n - 1) + ";") * 10}">' for n in range(1, 9))
    + f"]><a>&{'b' * 9};</a>"
)
DANGLING = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="dangling" isExecutable="true"><startEvent id="begin"/>
<sequenceFlow id="to_nowhere" sourceRef="begin" targetRef="gone"/></process></definitions>"""
# What the person is told of each, in the words that matter
TOLD = {
    "letter.pdf": "letter.pdf is neither a PDF nor an e-invoice",
    "empty.pdf": "empty.pdf is empty",
    "encrypted.pdf": "encrypted.pdf is encrypted",
    "long.pdf": "long.pdf has 300 pages",
    "cut.pdf": "cut.pdf is damaged",
    "bomb.xml": "declares entities",
}


def pdf(file: Path, pages: int = 1, password: str = "") -> None:
    encryption = StandardEncryption(password) if password else None
    canvas = Canvas(str(file), encrypt=encryption)
    for number in range(pages):
        canvas.drawString(72, 720, f"Page {number + 1}")
        canvas.showPage()
    canvas.save()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / GOOD.file).write_bytes(draw(GOOD))
    (folder / "letter.pdf").write_text("Dear Sirs, please find our invoice attached.")
    (folder / "empty.pdf").write_bytes(b"")
    pdf(folder / "encrypted.pdf", password="secret")
    pdf(folder / "long.pdf", pages=300)
    (folder / "cut.pdf").write_bytes(draw(GOOD)[:900])
    (folder / "bomb.xml").write_text(BOMB)
    return folder


def test_bad_files_are_told_apart_and_the_good_one_is_booked(
    stack: Stack, feed: Feed, folder: Path
) -> None:
    cases = feed(folder)
    for file, words in TOLD.items():
        assert cases[file].outcome == "waiting for review", cases[file]
        assert words in cases[file].reasons[0]
    assert cases[GOOD.file].outcome == "booked"
    assert not stack.client.search("incidents")


def test_a_broken_model_is_refused_whole(stack: Stack, tmp_path: Path) -> None:
    before = stack.client.search("process-definitions")
    for name, text, words in (
        ("dangling.bpmn", DANGLING, "to_nowhere: its targetRef 'gone' does not exist"),
        ("bomb.bpmn", BOMB, "document type"),
        ("letter.bpmn", "Dear Sirs", "not well-formed XML"),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(Refused) as refused:
            stack.client.deploy([tmp_path / name])
        assert words in refused.value.message
        assert name in refused.value.message
    assert stack.client.search("process-definitions") == before
