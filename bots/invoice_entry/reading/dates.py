"""Dates as people print them, in the languages of the labels."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

_MONTHS = (
    "january januar janvier enero gennaio januari stycznia jan sty janv ene gen",
    "february februar fevrier febrero febbraio februari lutego feb lut fevr fev",
    "march marz mars marzo maart marca mar mrz mrt",
    "april avril abril aprile kwietnia apr avr abr kwi",
    "may mai mayo maggio mei maja mag",
    "june juni juin junio giugno czerwca jun giu cze",
    "july juli juillet julio luglio lipca jul juil lug lip",
    "august aout agosto augustus sierpnia aug ago sie",
    "september septembre septiembre settembre wrzesnia sep sept set wrz",
    "october oktober octobre octubre ottobre pazdziernika oct okt ott paz",
    "november novembre noviembre listopada nov lis",
    "december dezember decembre diciembre dicembre grudnia dec dez dic gru",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))

_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d)"
)
_COMPACT = re.compile(r"(?<![\d.,])((?:19|20)\d\d)(\d\d)(\d\d)(?![\d.,]\d|\d)")
_DAY_FIRST = re.compile(r"(?<![\d.])(\d{1,2})([./-])\s?(\d{1,2})\2\s?((?:19|20)\d\d|\d\d)(?!\d)")
# Between slashes or hyphens the month may come first; between points it never does.
_EITHER_FIRST = re.compile(r"(?<![\d/-])(\d{1,2})([/-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/-])")
_DAY_FIRST_WORDS = re.compile(
    r"rechnung|datum|imponib|cedente|documento|cliente|klant|nabywca|sprzedaw|kunde|"
    r"facture|échéance|émission|fecha|factura|fattura|scadenza|factuur|faktur"
)
_ENGLISH_WORDS = re.compile(r"invoice|due date|bill to|billed to|subtotal|total due|issue date")
_DAY_FIRST_LAND = re.compile(
    r"\b(?:VAT (?:Reg|reg|No|no|Number|number|ID)|GB ?\d{9}|United Kingdom|England|Scotland|Wales"
    r"|Pty|ABN|Ireland|GSTIN|India|Australia|New Zealand)\b"
)
_MONTH_FIRST_LAND = re.compile(
    r"\b(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI"
    r"|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? \d{5}(?:-\d{4})?\b|\bUSA\b|\bUnited States\b"
)
_DAY_NAME = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[\s-]?(?:de\s|of\s)?({_NAMES})\.?,?"
    r"(?:[\s-]?(?:de\s|del\s)?((?:19|20)\d\d)|-(\d\d))(?!\d)"
)
_NAME_DAY = re.compile(rf"\b({_NAMES})\.?\s?(\d{{1,2}})(?:st|nd|rd|th)?,?\s((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class PrintedDate:
    """A date in a text, characters [start, end); `value` is None when no such day exists.

    Where day and month may change places, `value` has the day first and `swapped` the month.
    """

    value: dt.date | None
    start: int
    end: int
    ambiguous: bool = False
    swapped: dt.date | None = None

    def meant(self, *, day_first: bool | None) -> dt.date | None:
        """The day, given which comes first in the document, if that is known."""
        return self.swapped if self.ambiguous and day_first is False else self.value


def first_date(text: str) -> PrintedDate | None:
    """The leftmost date of the text."""
    return min(dates_in(text), key=lambda found: found.start, default=None)


def dates_in(text: str) -> Iterator[PrintedDate]:
    """Every date of the text; day before month where both read, and then marked ambiguous."""
    plain = _plain(text)
    for pattern in (_YEAR_FIRST, _COMPACT):
        for match in pattern.finditer(plain):
            yield _printed(match, match.group(1), match.group(2), match.group(3))
    for match in _DAY_NAME.finditer(plain):
        year = match.group(3) or f"20{match.group(4)}"
        yield _printed(match, year, str(_MONTH[match.group(2)]), match.group(1))
    for match in _NAME_DAY.finditer(plain):
        yield _printed(match, match.group(3), str(_MONTH[match.group(1)]), match.group(2))
    for match in _DAY_FIRST.finditer(plain):
        yield _numeric(match)


def are_day_first(texts: Sequence[str], labels: Sequence[str]) -> bool | None:
    """Whether the document writes the day before the month, as another date of it shows, or its
    language, or the countries that it names; None when that is not known."""
    found = [match for text in texts for match in _EITHER_FIRST.finditer(_plain(text))]
    days, months = ([int(match.group(n)) for match in found] for n in (1, 3))
    is_day, is_month = any(day > 12 for day in days), any(month > 12 for month in months)
    if is_day or is_month:
        return None if is_day and is_month else is_day
    spoken = " ".join(labels).lower()
    if _DAY_FIRST_WORDS.search(spoken) and not _ENGLISH_WORDS.search(spoken):
        return True
    is_day = any(_DAY_FIRST_LAND.search(text) for text in texts)
    is_month = any(_MONTH_FIRST_LAND.search(text) for text in texts)
    return None if is_day == is_month else is_day


def shows_day_first(text: str, meant: dt.date) -> bool | None:
    """Whether the numeric date in the text begins with the day, given what it means; None when it
    cannot tell."""
    match = _EITHER_FIRST.search(text)
    if match is None or meant.day == meant.month:
        return None
    return (int(match.group(1)), int(match.group(3))) == (meant.day, meant.month)


def _numeric(match: re.Match[str]) -> PrintedDate:
    first, separator, second, year = match.groups()
    short, year = len(year) == 2, year if len(year) == 4 else f"20{year}"
    if separator != "." and int(second) > 12 >= int(first):
        return _printed(match, year, first, second)
    day_first = _printed(match, year, second, first)
    if separator == "." or first == second:
        return day_first
    if int(first) <= 12 and int(second) <= 12:
        month_first = _printed(match, year, first, second)
        return replace(day_first, ambiguous=True, swapped=month_first.value)
    # `25-06-03` may begin with the year.
    return replace(day_first, ambiguous=short and separator == "-", swapped=day_first.value)


def _printed(match: re.Match[str], year: str, month: str, day: str) -> PrintedDate:
    try:
        value = dt.date(int(year), int(month), int(day))
    except ValueError:
        value = None
    return PrintedDate(value, match.start(), match.end())


def _plain(text: str) -> str:
    # Character by character, so that positions in the result are positions in the text.
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text).lower()
