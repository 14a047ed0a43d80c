"""Pages to draw on, by two PDF writers; places are in points from the top left corner."""

from io import BytesIO
from pathlib import Path
from typing import Protocol

from fpdf import FPDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0
DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
CHINESE = "STSong-Light"


class Surface(Protocol):
    def text(
        self,
        x: float,
        top: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None: ...
    def rule(self, x0: float, x1: float, top: float) -> None: ...
    def box(self, x: float, top: float, width: float, height: float) -> None: ...
    def new_page(self) -> None: ...
    def finish(self) -> bytes: ...


class ReportLab:
    def __init__(self, font: str, bold: str) -> None:
        self._buffer = BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=(WIDTH, HEIGHT), invariant=True)
        self._fonts = {False: font, True: bold}

    def text(
        self,
        x: float,
        top: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        self._canvas.setFont(self._fonts[bold], size)
        draw = self._canvas.drawRightString if right else self._canvas.drawString
        draw(x, HEIGHT - top, words)

    def rule(self, x0: float, x1: float, top: float) -> None:
        self._canvas.line(x0, HEIGHT - top, x1, HEIGHT - top)

    def box(self, x: float, top: float, width: float, height: float) -> None:
        self._canvas.rect(x, HEIGHT - top - height, width, height)

    def new_page(self) -> None:
        self._canvas.showPage()

    def finish(self) -> bytes:
        self._canvas.save()
        return self._buffer.getvalue()


class Fpdf:
    def __init__(self, family: str) -> None:
        self._pdf = FPDF(unit="pt", format=(WIDTH, HEIGHT))
        self._pdf.set_auto_page_break(False)
        self._pdf.add_font(family, "", DEJAVU / f"{family}.ttf")
        self._pdf.add_font(family, "B", DEJAVU / f"{family}-Bold.ttf")
        self._family = family
        self._pdf.add_page()

    def text(
        self,
        x: float,
        top: float,
        words: str,
        size: float,
        *,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        self._pdf.set_font(self._family, "B" if bold else "", size)
        start = x - self._pdf.get_string_width(words) if right else x
        self._pdf.text(start, top, words)

    def rule(self, x0: float, x1: float, top: float) -> None:
        self._pdf.line(x0, top, x1, top)

    def box(self, x: float, top: float, width: float, height: float) -> None:
        self._pdf.rect(x, top, width, height)

    def new_page(self) -> None:
        self._pdf.add_page()

    def finish(self) -> bytes:
        return bytes(self._pdf.output())


def surface(writer: str, language: str, face: str) -> Surface:
    """`face`: sans, serif or mono. Chinese is set by ReportLab's own font."""
    if language == "zh":
        pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
        return ReportLab(CHINESE, CHINESE)
    family = {"sans": "DejaVuSans", "serif": "DejaVuSerif", "mono": "DejaVuSansMono"}[face]
    if writer == "fpdf":
        return Fpdf(family)
    if language == "pl":
        for name in (family, f"{family}-Bold"):
            pdfmetrics.registerFont(TTFont(name, DEJAVU / f"{name}.ttf"))
        return ReportLab(family, f"{family}-Bold")
    standard = {"sans": "Helvetica", "serif": "Times-Roman", "mono": "Courier"}[face]
    bold = "Times-Bold" if face == "serif" else f"{standard}-Bold"
    return ReportLab(standard, bold)
