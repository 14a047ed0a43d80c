"""The pages, as the ERP's makers drew them: frames, tables, fonts and a pop-up."""

from collections.abc import Iterable, Mapping
from html import escape
from string import Template

from samples.legacy_erp.form import AMOUNTS, FIELDS, HEADER, TYPES, Field, shown

PAGE = Template("""<html><head><title>$title</title>
<style>body,td,input,select{font:12px Arial}td{padding:2px 6px}.e{color:#c00}
.h{background:#003366;color:#fff;font-weight:bold}</style></head>
<body bgcolor="#d4d0c8"><table border="0" width="100%"><tr><td class="h">$title</td></tr></table>
$body</body></html>""")
FRAMES = """<html><head><title>LEGACY ERP 4.7</title></head>
<frameset cols="170,*"><frame name="menu" src="/menu"><frame name="main" src="/welcome">
</frameset></html>"""
CONFIRM_SCRIPT = (
    "window.open('/invoice/confirm','confirm','width=420,height=260');return false"  # the pop-up
)


def page(title: str, body: str) -> str:
    return PAGE.substitute(title=escape(title), body=body)


def login(message: str = "") -> str:
    return page(
        "Logon",
        f"""{_error(message)}<form method="post" action="/login"><table>
<tr><td>User</td><td><input name="user" size="20"></td></tr>
<tr><td>Password</td><td><input name="password" type="password" size="20"></td></tr>
<tr><td></td><td><input type="submit" value="Log on"></td></tr></table></form>""",
    )


def session_ended() -> str:
    return page(
        "Session ended",
        '<p class="e">ERP-0401 Your session has ended.</p><a href="/login" target="_top">Logon</a>',
    )


def menu(user: str) -> str:
    return page(
        "Menu",
        f"""<table><tr><td>User {escape(user)}</td></tr>
<tr><td><a href="/search" target="main">Find invoice</a></td></tr>
<tr><td><a href="/invoice/new" target="main">New invoice</a></td></tr>
<tr><td><a href="/logout" target="_top">Log off</a></td></tr></table>""",
    )


def welcome() -> str:
    return page("Welcome", "<p>Choose a transaction from the menu.</p>")


def failure() -> str:
    return page(
        "Error",
        """<p class="e">ORA-00060: deadlock detected while waiting for resource</p>
<a href="javascript:history.back()">Back</a>""",
    )


def header(draft: Mapping[str, str], messages: Iterable[str]) -> str:
    return _step("New invoice (1/3) Header", "/invoice/header", HEADER, draft, messages)


def amounts(draft: Mapping[str, str], messages: Iterable[str]) -> str:
    return _step("New invoice (2/3) Amounts", "/invoice/amounts", AMOUNTS, draft, messages)


def check(draft: Mapping[str, str]) -> str:
    rows = "".join(_row(field.label, escape(draft.get(field.column, ""))) for field in FIELDS)
    return page(
        "New invoice (3/3) Check",
        f'<table border="1">{rows}</table>'
        f'<input type="button" value="Book..." onclick="{CONFIRM_SCRIPT}">',
    )


def confirm(draft: Mapping[str, str]) -> str:
    what = f"{draft.get('invoice_number', '')} of {draft.get('vendor', '')}"
    return page(
        "Confirmation",
        f"""<p>Book {escape(what)} with gross {escape(draft.get("gross", ""))}?</p>
<form method="post" action="/invoice/book"><input type="submit" value="Yes, book">
<input type="button" value="No" onclick="window.close()"></form>""",
    )


def booked(erp_number: str) -> str:
    number = escape(erp_number)
    return page(
        "Booked",
        f"""<p>Document <b>{number}</b> was booked.</p>
<input type="button" value="Close"
 onclick="if(opener)opener.location='/invoice/{number}';window.close()">""",
    )


def search(vendor: str, number: str, found: Iterable[Mapping[str, str]] | None) -> str:
    form = f"""<form method="get" action="/search"><table>
<tr><td>Vendor</td><td><input name="S01" size="40" value="{escape(vendor)}"></td></tr>
<tr><td>Invoice number</td><td><input name="S02" size="30" value="{escape(number)}"></td></tr>
<tr><td></td><td><input type="submit" name="S09" value="Search"></td></tr></table></form>"""
    return page("Find invoice", form + ("" if found is None else _results(list(found))))


def view(booking: Mapping[str, str]) -> str:
    rows = "".join(
        _row(field.label, escape(shown(field, booking[field.column]))) for field in FIELDS
    )
    stamp = _row("Entered by", escape(booking["entered_by"]))
    return page(
        f"Invoice {booking['erp_number']}",
        f'<table border="1">{_row("Document", escape(booking["erp_number"]))}{rows}{stamp}</table>',
    )


def _results(found: list[Mapping[str, str]]) -> str:
    if not found:
        return "<p>No documents found.</p>"
    titles = "".join(
        f"<td><b>{title}</b></td>"
        for title in ("Document", "Type", "Vendor", "VAT number", "Invoice number", "Gross amount")
    )
    rows = "".join(_result(booking) for booking in found)
    return f'<table border="1"><tr>{titles}</tr>{rows}</table><p>{len(found)} document(s).</p>'


def _result(booking: Mapping[str, str]) -> str:
    by_column = {field.column: field for field in FIELDS}
    columns = ("type", "vendor", "vendor_vat", "invoice_number", "gross")
    cells = "".join(
        f"<td>{escape(shown(by_column[column], booking[column]))}</td>" for column in columns
    )
    number = escape(booking["erp_number"])
    return f'<tr><td><a href="/invoice/{number}">{number}</a></td>{cells}</tr>'


def _step(
    title: str,
    action: str,
    fields: tuple[Field, ...],
    draft: Mapping[str, str],
    messages: Iterable[str],
) -> str:
    rows = "".join(_row(field.label, _control(field, draft)) for field in fields)
    return page(
        title,
        f"""{_error("; ".join(messages))}<form method="post" action="{action}"><table>{rows}
<tr><td></td><td><input type="submit" value="Continue"></td></tr></table></form>""",
    )


def _control(field: Field, draft: Mapping[str, str]) -> str:
    value = draft.get(field.column, "")
    if field.kind == "type":
        options = "".join(
            f'<option value="{code}"{" selected" if code == value else ""}>{name}</option>'
            for code, name in TYPES.items()
        )
        return f'<select name="{field.control}">{options}</select>'
    size = 40 if field.kind == "text" else 14
    return f'<input name="{field.control}" size="{size}" value="{escape(value)}">'


def _row(label: str, content: str) -> str:
    return f"<tr><td>{escape(label)}</td><td>{content}</td></tr>"


def _error(message: str) -> str:
    return f'<p class="e">{escape(message)}</p>' if message else ""
