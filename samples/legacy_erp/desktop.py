"""The desktop client: one Tk window over the book, worked with the keyboard.

F2 new, F3 find by invoice number, F4 open a document, F6 copy the record, F7 copy the
list, F9 save, Tab to the next field.
"""

import sqlite3
import tkinter as tk
from collections.abc import Callable, Mapping
from pathlib import Path

from samples.legacy_erp.book import Book
from samples.legacy_erp.form import FIELDS, complaints, shown, tidy

TITLE = "LEGACY ERP - Invoices"
LIST_COLUMNS = ("type", "vendor", "vendor_vat", "invoice_number", "gross")
BY_COLUMN = {field.column: field for field in FIELDS}


def run(file: Path, user: str) -> None:
    """Show the client until its window is closed."""
    root = tk.Tk()
    Client(root, Book(file), user)
    root.mainloop()


class Client:
    """The window: a search line, the list of what was found, and the record."""

    def __init__(self, root: tk.Tk, book: Book, user: str) -> None:
        self._root = root
        self._book = book
        self._user = user
        self._found: list[dict[str, str]] = []
        self._number = tk.StringVar(root)
        self._document = tk.StringVar(root)
        self._status = tk.StringVar(root, "Ready")
        self._values = {field.column: tk.StringVar(root) for field in FIELDS}
        root.title(TITLE)
        root.geometry("760x560+20+20")
        self._find_entry = self._entry(0, "F3  Find invoice number", self._number)
        self._open_entry = self._entry(1, "F4  Open document", self._document)
        self._list = self._listbox(2)
        self._entries = [
            self._entry(3 + row, field.label, self._values[field.column])
            for row, field in enumerate(FIELDS)
        ]
        self._labels()
        self._bind()
        self.new()

    def new(self) -> None:
        """An empty record, ready for typing."""
        for value in self._values.values():
            value.set("")
        self._document.set("")
        self._lock(False)
        self._status.set("New invoice")
        self._entries[0].focus_set()

    def find(self) -> None:
        """List the bookings with the invoice number of the search line."""
        self._found = self._book.search("", self._number.get())
        self._list.delete(0, tk.END)
        for booking in self._found:
            self._list.insert(tk.END, _line(booking).replace("\t", "  |  "))
        self._status.set(f"{len(self._found)} document(s) for {self._number.get()}")

    def open(self) -> None:
        """Show the document of the open line, as the database has it."""
        booking = self._book.get(self._document.get().strip())
        if booking is None:
            self._status.set("ERP-0404 No such document")
            return
        for field in FIELDS:
            self._values[field.column].set(shown(field, booking[field.column]))
        self._lock(True)
        self._status.set(f"Document {booking['erp_number']}")

    def save(self) -> None:
        """Book the record on the screen; once it is booked it cannot be saved again."""
        if self._locked:
            self._status.set("ERP-0409 Already saved")
            return
        typed = tidy({column: value.get() for column, value in self._values.items()})
        wrong = complaints(FIELDS, typed)
        if wrong:
            self._status.set("ERP-0400 " + "; ".join(wrong))
            return
        try:
            self._document.set(self._book.add(typed, self._user))
        except sqlite3.Error as error:
            self._status.set(f"ERP-0500 {error}")
            return
        self.open()

    def copy_record(self) -> None:
        lines = [f"Status\t{self._status.get()}", f"Document\t{self._document.get()}"]
        lines += [f"{field.label}\t{self._values[field.column].get()}" for field in FIELDS]
        self._copy("\n".join(lines))

    def copy_list(self) -> None:
        self._copy("\n".join([self._status.get(), *map(_line, self._found)]))

    def _copy(self, text: str) -> None:
        self._root.clipboard_clear()
        self._root.clipboard_append(text)

    def _lock(self, locked: bool) -> None:
        self._locked = locked
        for entry in self._entries:
            entry.configure(state="readonly" if locked else "normal")

    def _bind(self) -> None:
        keys: Mapping[str, Callable[[], None]] = {
            "<F2>": self.new,
            "<F3>": lambda: _aim(self._find_entry),
            "<F4>": lambda: _aim(self._open_entry),
            "<F6>": self.copy_record,
            "<F7>": self.copy_list,
            "<F9>": self.save,
        }
        for key, act in keys.items():
            self._root.bind(key, _handler(act))
        for entry in (self._find_entry, self._open_entry):
            entry.bind("<Return>", _handler(self.find if entry is self._find_entry else self.open))
        self._list.bind("<Return>", _handler(self._open_selected))
        self._list.bind("<Double-Button-1>", _handler(self._open_selected))

    def _open_selected(self) -> None:
        selected = self._list.index(tk.ACTIVE)
        if selected < len(self._found):
            self._document.set(self._found[selected]["erp_number"])
            self.open()

    def _entry(self, row: int, label: str, value: tk.StringVar) -> tk.Entry:
        tk.Label(self._root, text=label, anchor="w").grid(row=row, column=0, sticky="w", padx=6)
        entry = tk.Entry(self._root, textvariable=value, width=70)
        entry.grid(row=row, column=1, sticky="we", padx=6, pady=2)
        return entry

    def _listbox(self, row: int) -> tk.Listbox:
        listbox = tk.Listbox(self._root, height=5)
        listbox.grid(row=row, column=0, columnspan=2, sticky="we", padx=6, pady=4)
        return listbox

    def _labels(self) -> None:
        keys = tk.Label(self._root, text="F2 New   F6 Copy record   F7 Copy list   F9 Save")
        keys.grid(row=30, column=0, columnspan=2, sticky="w", padx=6)
        status = tk.Label(self._root, textvariable=self._status, relief="sunken", anchor="w")
        status.grid(row=31, column=0, columnspan=2, sticky="we", padx=6, pady=6)
        self._root.columnconfigure(1, weight=1)


def _line(booking: Mapping[str, str]) -> str:
    columns = (shown(BY_COLUMN[column], booking[column]) for column in LIST_COLUMNS)
    return "\t".join([booking["erp_number"], *columns])


def _aim(entry: tk.Entry) -> None:
    entry.focus_set()
    entry.selection_range(0, tk.END)


def _handler(act: Callable[[], None]) -> Callable[["tk.Event[tk.Misc]"], str]:
    """A key handler that stops Tk's own handling of the key."""

    def handle(_event: "tk.Event[tk.Misc]") -> str:
        act()
        return "break"

    return handle
