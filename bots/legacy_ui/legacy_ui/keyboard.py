"""Typing and copying on the display. Needs DISPLAY and XAUTHORITY when imported."""

import time
import tkinter

import pyautogui

from .client import xdotool
from .entry import ScreenTrouble

CLIPBOARD_SECONDS = 5
UNTOUCHED = "nothing was copied yet"

pyautogui.PAUSE = 0.02
pyautogui.FAILSAFE = False  # the display is the bot's own: no person's mouse in the corner


def press(key: str) -> None:
    pyautogui.press(key)


def write(text: str, careful: bool) -> None:
    """Type the text. pyautogui drops what is not on the US layout: xdotool types that."""
    if text.isascii() and not careful:
        pyautogui.write(text)
    elif text:
        xdotool("type", "--clearmodifiers", "--delay", "20", "--", text)


class Clipboard:
    """The display's clipboard, read through a window of our own that is never shown."""

    def __init__(self) -> None:
        self._root = tkinter.Tk()
        self._root.withdraw()

    def copied_by(self, key: str) -> str:
        """What the key copies; ScreenTrouble when nothing arrives."""
        self._root.clipboard_clear()
        self._root.clipboard_append(UNTOUCHED)
        self._root.update()
        press(key)
        deadline = time.monotonic() + CLIPBOARD_SECONDS
        while time.monotonic() < deadline:
            self._root.update()
            if (text := self._text()) != UNTOUCHED:
                return text
            time.sleep(0.02)
        raise ScreenTrouble(f"{key} copied nothing")

    def _text(self) -> str:
        try:
            return self._root.clipboard_get(type="UTF8_STRING")
        except tkinter.TclError:
            return UNTOUCHED  # between two owners
