"""A page of pictures of every wrong field: where it was read, what, and what is printed."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from PIL import ImageDraw

from .comparing import WRONG, Compared, Outcome

SCALE = 1.5
AROUND = (160.0, 60.0)
"""Points of the page shown left and right of a field, and above and below it."""
_STYLE = """body{font:15px system-ui;margin:2rem auto;max-width:60rem}img{max-width:100%;
border:1px solid #ccc}section{margin:2rem 0}.passed{color:#b00;font-weight:600}"""


def page(folder: Path, outcomes: Sequence[Outcome]) -> str:
    """One HTML file with all pictures inside it."""
    sections = [section for outcome in outcomes for section in _sections(folder, outcome)]
    body = "".join(sections) or "<p>No field was read wrong.</p>"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Wrong fields</title>'
        f"<style>{_STYLE}</style><h1>{len(sections)} wrong fields</h1>{body}</html>"
    )


def _sections(folder: Path, outcome: Outcome) -> Iterator[str]:
    for field in outcome.fields:
        if field.outcome != WRONG:
            continue
        noticed = "asked about" if not outcome.trusted else '<b class="passed">passed unseen</b>'
        picture = _picture(folder / "pdf" / outcome.file, field)
        yield (
            f"<section><h2>{html.escape(outcome.file)}</h2><p>{field.name}: read"
            f" <code>{html.escape(field.read)}</code>, printed"
            f" <code>{html.escape(field.truth)}</code>, confidence {field.confidence:.2f},"
            f" {noticed}</p>{picture}</section>"
        )


def _picture(path: Path, field: Compared) -> str:
    if field.box is None:
        return "<p>It has no place on a page.</p>"
    document = pypdfium2.PdfDocument(path)
    try:
        image = document[field.page - 1].render(scale=SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    left, top, right, bottom = (edge * SCALE for edge in field.box)
    ImageDraw.Draw(image).rectangle((left - 2, top - 2, right + 2, bottom + 2), outline="red")
    wide, high = (distance * SCALE for distance in AROUND)
    corner = (max(left - wide, 0), max(top - high, 0))
    opposite = (min(right + wide, image.width), min(bottom + high, image.height))
    shown = io.BytesIO()
    image.crop((*corner, *opposite)).save(shown, "PNG")
    encoded = base64.b64encode(shown.getvalue()).decode()
    return f'<img alt="{field.name}" src="data:image/png;base64,{encoded}">'
