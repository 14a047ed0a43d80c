"""The labels in a text: which words of the vocabulary it holds, and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from .vocabulary import GOOD, STRONG, VOCABULARY

__all__ = ["GOOD", "STRONG", "VOCABULARY", "Label", "fold", "labels_in"]

_UP_TO_FIGURES = re.compile(r"[^\d€$£¥:]{0,40}")
_NET = re.compile(
    r"\bnett?o?\b|\bnetto|\bzzgl|\bzuzügl|\bplus (?:vat|tax|gst)"
    r"|\bht\b|\bh\.t\b|hors tax|\bexcl|\bexkl|\bex\.? (?:vat|gst|tax)|\bwithout"
    r"|\bbefore tax|\bohne (?:ust|mwst|umsatz|mehrwert|steuer)|\bsin iva|\bsenza iva|imponibile"
    r"|\bzonder btw|\bbez vat",
    re.IGNORECASE,
)
_GROSS = re.compile(
    r"brutto|gross|\bttc\b|\binkl|\bincl|\binc\b|\bcon iva|\bmit mwst|à payer|a pagar|due|payable",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Label:
    """A printed label in a text, characters [start, end)."""

    field: str
    strength: float
    start: int
    end: int


def fold(text: str) -> tuple[str, list[int]]:
    """The text without case, accents, spaces and punctuation, and where each character was."""
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in unicodedata.normalize("NFKD", char.casefold()):
            if plain.isalnum() or plain in "#°%":
                kept.append(plain)
                places.append(place)
    return "".join(kept), places


def _index() -> dict[str, list[tuple[str, str, float]]]:
    index: dict[str, list[tuple[str, str, float]]] = {}
    for field, by_strength in VOCABULARY.items():
        for strength, labels in by_strength.items():
            for label in filter(None, labels.split("|")):
                folded = fold(label)[0]
                index.setdefault(folded[0], []).append((folded, field, strength))
    for entries in index.values():
        entries.sort(key=lambda entry: len(entry[0]), reverse=True)
    return index


_INDEX = _index()


def labels_in(text: str) -> Iterator[Label]:
    """The labels of a text, left to right, the longest at each place."""
    return iter(_labels_of(text))


# Every field's search, and every column's, asks about the same cells again.
@lru_cache(maxsize=4096)
def _labels_of(text: str) -> tuple[Label, ...]:
    folded, places = fold(text)
    labels, at = [], 0
    while at < len(folded):
        found = _label_at(text, folded, places, at)
        length, label = found or (1, None)
        labels += [_qualified(text, label)] if label else []
        at += length
    return tuple(labels)


def _qualified(text: str, label: Label) -> Label:
    """`Total (excl. VAT)` and `Summe der Beträge, netto` are net, whatever a total is alone."""
    if label.field == "gross":
        follows = _UP_TO_FIGURES.match(text, label.end)
        words = follows[0] if follows else ""
        if _NET.search(words) and not _GROSS.search(words):
            return replace(label, field="net")
    return label


def _label_at(text: str, folded: str, places: list[int], at: int) -> tuple[int, Label] | None:
    start = places[at]
    if start > 0 and text[start - 1].isalnum() and not _is_cjk(text[start]):
        return None
    for label, field, strength in _INDEX.get(folded[at], ()):
        if not folded.startswith(label, at):
            continue
        end = places[at + len(label) - 1] + 1
        if end < len(text) and _goes_on(text, end, len(label)):
            continue
        return len(label), Label(field, strength, start, end)
    return None


def _goes_on(text: str, end: int, length: int) -> bool:
    # `PO-445` is a number, `Rechnungsnummer471102` a label that lost its space, `GST/TPS` are two.
    if text[end] == "/" and text[end + 1 : end + 2].isalpha():
        return False
    if length <= 3 and text[end] in "-/_0123456789":
        return not _is_cjk(text[end - 1])
    return text[end].isalpha() and not _is_cjk(text[end - 1])


def _is_cjk(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
