"""The rows of a table file: an Excel workbook's first sheet, or text with separators."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import closing
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from charset_normalizer import from_bytes
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from robocorp.workitems import BusinessException

SUFFIXES = (".xlsx", ".csv", ".tsv")
MAX_ROWS = 5000
MAX_CSV_BYTES = 20 * 1024 * 1024
_DELIMITERS = ",;\t|"
# What Excel writes where it does not write UTF-8: western and eastern Europe, China.
_ENCODINGS = ("cp1252", "cp1250", "gb18030")
_HEAD = 10

Rows = Sequence[Sequence[Any]]


def rows_of(path: Path) -> Rows:
    """The rows, at most MAX_ROWS; BusinessException `batch.*` when they cannot be read."""
    rows = _workbook(path) if path.suffix.lower() == ".xlsx" else _text(path)
    if len(rows) > MAX_ROWS:
        raise BusinessException(
            f"{path.name} has more than {MAX_ROWS} rows. Split it.", code="batch.too_long"
        )
    return rows


def _workbook(path: Path) -> Rows:
    try:
        with closing(load_workbook(path, read_only=True, data_only=True)) as workbook:
            return list(workbook.worksheets[0].iter_rows(values_only=True, max_row=MAX_ROWS + 1))
    except (InvalidFileException, BadZipFile, KeyError, OSError, ValueError) as error:
        raise BusinessException(
            f"{path.name} is not an Excel workbook. Save it as .xlsx.", code="batch.not_xlsx"
        ) from error


def _text(path: Path) -> Rows:
    if path.stat().st_size > MAX_CSV_BYTES:
        raise BusinessException(
            f"{path.name} is over {MAX_CSV_BYTES // 2**20} MB. Split it.", code="batch.too_long"
        )
    text = _decoded(path.read_bytes())
    delimiter = max(_DELIMITERS, key=lambda mark: _columns(text, mark))
    try:
        return list(islice(_parsed(text, delimiter), MAX_ROWS + 1))
    except csv.Error as error:
        raise BusinessException(
            f"{path.name} is not a table in text ({error}). Save it as CSV or .xlsx.",
            code="batch.not_csv",
        ) from error


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=list(_ENCODINGS)).best()
        return content.decode(best.encoding if best else _ENCODINGS[0], errors="replace")


def _columns(text: str, delimiter: str) -> int:
    """How many columns the widest of the first rows would have."""
    try:
        return max((len(row) for row in islice(_parsed(text, delimiter), _HEAD)), default=0)
    except csv.Error:
        return 0


def _parsed(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)
