"""The words and formats of the sample languages."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

LABELS: dict[str, dict[str, str]] = {
    "de": {
        "invoice": "Rechnung", "credit": "Gutschrift", "number": "Rechnungsnummer",
        "issue_date": "Rechnungsdatum", "due_date": "Fällig am", "po_number": "Bestellnummer",
        "vat_id": "USt-IdNr.", "iban": "IBAN", "bill_to": "Rechnungsempfänger",
        "description": "Beschreibung", "quantity": "Menge", "unit_price": "Einzelpreis",
        "amount": "Betrag", "net": "Nettobetrag", "tax": "MwSt.", "gross": "Gesamtbetrag",
        "thanks": "Vielen Dank für Ihren Auftrag. Zahlbar ohne Abzug.",
    },
    "en": {
        "invoice": "Invoice", "credit": "Credit note", "number": "Invoice number",
        "issue_date": "Invoice date", "due_date": "Due date", "po_number": "Purchase order",
        "vat_id": "VAT ID", "iban": "IBAN", "bill_to": "Bill to",
        "description": "Description", "quantity": "Quantity", "unit_price": "Unit price",
        "amount": "Amount", "net": "Subtotal", "tax": "VAT", "gross": "Total",
        "thanks": "Thank you for your business. Payment without deduction.",
    },
    "fr": {
        "invoice": "Facture", "credit": "Avoir", "number": "Numéro de facture",
        "issue_date": "Date de facture", "due_date": "Date d'échéance",
        "po_number": "Bon de commande", "vat_id": "N° TVA", "iban": "IBAN",
        "bill_to": "Facturé à", "description": "Désignation", "quantity": "Quantité",
        "unit_price": "Prix unitaire", "amount": "Montant", "net": "Total HT", "tax": "TVA",
        "gross": "Total TTC", "thanks": "Merci de votre confiance. Paiement sans escompte.",
    },
    "zh": {
        "invoice": "发票", "credit": "红字发票", "number": "发票号码", "issue_date": "开票日期",
        "due_date": "付款期限", "po_number": "订单号", "vat_id": "纳税人识别号", "iban": "IBAN",
        "bill_to": "购买方", "description": "项目名称", "quantity": "数量", "unit_price": "单价",
        "amount": "金额", "net": "不含税金额", "tax": "税额", "gross": "价税合计",
        "thanks": "感谢您的惠顾。",
    },
}  # fmt: skip


def _grouped(thousands: str, point: str) -> Callable[[Decimal], str]:
    def show(amount: Decimal) -> str:
        text = f"{amount:,.2f}"
        return text.replace(",", "\0").replace(".", point).replace("\0", thousands)

    return show


_AMOUNTS = {
    "de": _grouped(".", ","),
    "en": _grouped(",", "."),
    "fr": _grouped(" ", ","),
    "zh": _grouped(",", "."),
}
_DATES = {"de": "%d.%m.%Y", "en": "%d %B %Y", "fr": "%d {month} %Y", "zh": "%Y年%m月%d日"}
_MONTHS_FR = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip


def amount(value: Decimal, language: str) -> str:
    return _AMOUNTS[language](value)


def day(value: date, language: str) -> str:
    return value.strftime(_DATES[language]).format(month=_MONTHS_FR[value.month - 1])
