"""The ERP's web client: what search, book and read mean on its pages."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Error, Frame, Locator, Page
from robocorp import log
from robocorp.workitems import BusinessException

from .artifacts import screenshot_path
from .document import (
    AMOUNTS,
    HEADER,
    Found,
    ScreenField,
    Values,
    found_line,
    read_labels,
    typed,
)
from .entry import ScreenTrouble
from .site import PATIENCE, PageFailed, Site, follow, inspect

CELLS = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"


class WebScreens:
    """The ERP in a browser. Pages that only show are loaded again when they fail; a booking
    is clicked once, and its failure is the caller's to sort out."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def search(self, number: str) -> list[Found]:
        with _screen_level():
            rows = _table(self._found_page(number))[1:]
        return [found_line(cells) for cells in rows]

    def book(self, document: Values) -> str:
        with _screen_level():
            main = self._site.choose("New invoice")
            _fill_in(main, HEADER, document)
            _fill_in(main, AMOUNTS, document)
            return self._confirm(main)

    def read(self, document: Values, erp_number: str) -> dict[str, str]:
        with _screen_level():
            main = self._found_page(document["number"])
            _again(main, lambda: main.get_by_role("link", name=erp_number, exact=True).click())
            return read_labels({cells[0]: cells[1] for cells in _table(main)})

    def recover(self) -> None:
        self._site.leave()

    def photograph(self, label: str) -> None:
        for page in self._site.pages():
            try:
                page.screenshot(path=screenshot_path(label), timeout=5000)
            except Error as error:  # a page that broke off never settles: show the one beneath
                log.warn(f"No screenshot {label}: {error}")
            else:
                return

    def _found_page(self, number: str) -> Frame:
        main = self._site.choose("Find invoice")
        _again(main, lambda: _search(main, number))
        return main

    def _confirm(self, main: Frame) -> str:
        """Answer the pop-up's question with yes, once, and read the document number."""
        popup = self._site.popup(lambda: _button(main, "Book...").click())
        follow(popup.main_frame, lambda: _button(popup, "Yes, book").click())
        if not popup.title():
            raise ScreenTrouble("The answer to the booking was lost")
        if popup.title() != "Booked":
            raise BusinessException(_complaint(popup.main_frame), "erp.rejected")
        erp_number = popup.locator("b").inner_text().strip()
        follow(main, lambda: _button(popup, "Close").click())
        return erp_number


@contextmanager
def _screen_level() -> Iterator[None]:
    """Whatever goes wrong in the browser is trouble with the screens."""
    try:
        yield
    except Error as error:
        raise ScreenTrouble(error.message.splitlines()[0]) from error


def _fill_in(main: Frame, fields: tuple[ScreenField, ...], document: Values) -> None:
    """Fill in one step of the entry and continue; BusinessException when it is refused."""

    def fill_and_continue() -> None:
        for field in fields:
            _fill(main, field, document[field.name])
        _button(main, "Continue").click()

    step = main.title()
    _again(main, fill_and_continue)
    if main.title() == step:
        raise BusinessException(_complaint(main), "erp.rejected")


def _again(main: Frame, act: Callable[[], None]) -> None:
    """Do what leads to another page; when that page fails, go back and do it again."""
    for _ in range(PATIENCE):
        try:
            return follow(main, act)
        except PageFailed:
            with main.expect_navigation():
                main.get_by_role("link", name="Back").click()
            inspect(main)
    raise ScreenTrouble(f"{main.url} keeps failing")


def _search(main: Frame, number: str) -> None:
    _control(main, "Invoice number").fill(number)
    _button(main, "Search").click()


def _fill(main: Frame, field: ScreenField, value: str) -> None:
    control = _control(main, field.label)
    if field.name == "type":
        control.select_option(value)
    else:
        control.fill(typed(field, value))


def _complaint(frame: Frame) -> str:
    return "The ERP refuses: " + frame.locator("p.e").inner_text(timeout=2000)


def _table(frame: Frame) -> list[list[str]]:
    """The texts of the ruled table's cells, row by row; no rows without a table."""
    rows: list[list[str]] = frame.locator("table[border='1'] tr").evaluate_all(CELLS)
    return rows


def _control(frame: Frame, label: str) -> Locator:
    """The control in the cell right of the label: the pages have no label elements."""
    row = f"//tr[td[1][normalize-space()='{label}']]"
    return frame.locator(f"xpath={row}/td[2]/*[self::input or self::select]")


def _button(page: Frame | Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)
