"""The ERP's desktop client: what search, book and read mean at its keyboard.

Whatever is typed is copied back from the screen and compared before it is relied on.
"""

import subprocess

from robocorp import log
from robocorp.workitems import BusinessException

from .artifacts import screenshot_path
from .client import Client
from .document import FIELDS, Found, Values, differences, found_line, read_labels, typed
from .entry import ScreenTrouble
from .keyboard import Clipboard, press, write

TYPING_TRIES = 3


class DesktopScreens:
    """The ERP in its desktop window, worked with keys and the clipboard."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._clipboard = Clipboard()

    def search(self, number: str) -> list[Found]:
        for careful in (False, True):
            self._type_line("f3", number, careful)
            status, *lines = self._clipboard.copied_by("f7").split("\n")
            if status.endswith(f"document(s) for {number}"):
                return [found_line(line.split("\t")) for line in lines]
        raise ScreenTrouble(f"The search line shows {status!r}, not {number!r}")

    def book(self, document: Values) -> str:
        self._fill_in(document)
        press("f9")
        status = self._record()["Status"]
        if status.startswith("ERP-0400"):
            raise BusinessException(f"The ERP refuses: {status}", "erp.rejected")
        if not status.startswith("Document "):
            raise ScreenTrouble(status)
        return status.removeprefix("Document ")

    def read(self, document: Values, erp_number: str) -> dict[str, str]:
        self._type_line("f4", erp_number, careful=False)
        record = self._record()
        if record["Status"] != f"Document {erp_number}":
            raise ScreenTrouble(f"{erp_number} does not open: {record['Status']}")
        return read_labels(record)

    def recover(self) -> None:
        self._client.stop()

    def photograph(self, label: str) -> None:
        try:
            path = str(screenshot_path(label))
            subprocess.run(["scrot", "--overwrite", path], check=True, capture_output=True)
        except (subprocess.SubprocessError, OSError) as error:
            log.warn(f"No screenshot {label}: {error}")

    def _fill_in(self, document: Values) -> None:
        """Type the whole form and see that every sign arrived."""
        for attempt in range(TYPING_TRIES):
            self._client.focus()
            press("f2")
            for field in FIELDS:
                write(typed(field, document[field.name]), careful=attempt > 0)
                press("tab")
            dropped = differences(document, read_labels(self._record()))
            if not dropped:
                return
        raise ScreenTrouble(f"The form does not take what is typed: {', '.join(dropped)}")

    def _type_line(self, key: str, text: str, careful: bool) -> None:
        self._client.focus()
        press(key)
        write(text, careful)
        press("enter")

    def _record(self) -> dict[str, str]:
        lines = self._clipboard.copied_by("f6").split("\n")
        return {label: text for label, _, text in (line.partition("\t") for line in lines)}
