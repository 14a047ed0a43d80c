"""Moving about in the ERP's web client: login, frames, pop-ups, pages that fail."""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Error, Frame, Page, Playwright
from robocorp.workitems import ApplicationException

from .browser import launch
from .entry import ScreenTrouble

PATIENCE = 5
"""How often a page that only shows something is asked for again."""
TIMEOUT_MS = 20_000


class PageFailed(ScreenTrouble):
    """The ERP answered with its error page."""


@dataclass(frozen=True)
class Account:
    """Where the ERP is and who logs in."""

    url: str
    user: str
    password: str = field(repr=False)


class Site:
    """A browser on the ERP, logged in when it is first needed and again after leave()."""

    def __init__(self, playwright: Playwright, account: Account) -> None:
        self._playwright = playwright
        self._account = account
        self._browser: Browser | None = None
        self._context: BrowserContext | None = None

    def choose(self, transaction: str) -> Frame:
        """The main frame after choosing a transaction from the menu."""
        for _ in range(PATIENCE):
            try:
                page = self._frames()
                main = _frame(page, "main")
                link = _frame(page, "menu").get_by_role("link", name=transaction)
                follow(main, link.click)
            except PageFailed:
                continue
            return main
        raise ScreenTrouble(f"{transaction} keeps failing")

    def popup(self, act: Callable[[], None]) -> Page:
        """The pop-up that the action opens, loaded again while it fails."""
        page = self._page()
        with page.expect_popup() as opened:
            act()
        popup = opened.value
        popup.wait_for_load_state()
        for _ in range(PATIENCE):
            try:
                inspect(popup.main_frame)
            except PageFailed:
                popup.reload()
                continue
            return popup
        raise ScreenTrouble("The confirmation keeps failing")

    def leave(self) -> None:
        """Forget the login and every open page."""
        try:
            if self._context is not None:
                self._context.close()
        except Error:
            self._browser = None  # the browser itself is gone: start another
        self._context = None

    def pages(self) -> list[Page]:
        """The open pages, the topmost first."""
        return self._context.pages[::-1] if self._context else []

    def _page(self) -> Page:
        if self._context is None:
            return self._log_in()
        page, *popups = self._context.pages
        for popup in popups:
            popup.close()
        return page

    def _frames(self) -> Page:
        """The page with both frames in order."""
        page = self._page()
        menu = page.frame(name="menu")
        if menu is None or menu.title() != "Menu":
            page.goto(self._account.url)
            inspect(page.main_frame)
            inspect(_frame(page, "menu"))
        return page

    def _log_in(self) -> Page:
        page = self._new_page()
        for _ in range(PATIENCE):
            page.goto(self._account.url + "/login")
            if page.title() != "Logon":
                continue
            page.locator("input[name=user]").fill(self._account.user)
            page.locator("input[name=password]").fill(self._account.password)
            with page.expect_navigation():
                page.get_by_role("button", name="Log on").click()
            if page.title() == "Logon":
                raise ApplicationException("The ERP refuses the login", "erp.login_refused")
            return page
        raise ScreenTrouble("The login page keeps failing")

    def _new_page(self) -> Page:
        if self._browser is None or not self._browser.is_connected():
            self._browser = launch(self._playwright)
        self._context = self._browser.new_context()
        self._context.set_default_timeout(TIMEOUT_MS)
        return self._context.new_page()


def follow(frame: Frame, act: Callable[[], None]) -> None:
    """Do what leads to another page and look at the page that came."""
    with frame.expect_navigation():
        act()
    inspect(frame)


def inspect(frame: Frame) -> None:
    """Raise PageFailed on the ERP's error page, ScreenTrouble when the session has ended."""
    title = frame.title()
    if title == "Error":
        raise PageFailed(frame.locator("body").inner_text().strip())
    if title == "Session ended":
        raise ScreenTrouble("The session has ended")


def _frame(page: Page, name: str) -> Frame:
    frame = page.frame(name=name)
    if frame is None:
        raise ScreenTrouble(f"The page has no frame {name}")
    return frame
