"""What the document calls itself: an invoice, a credit note, or something that is not booked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .invoice import Doubt, Field
from .labels import labels_in
from .wording import say
from .words import Cell, Page

INVOICE = (
    r"(?:\w*rechnung(?:skorrektur|s)?|\w*gutschrift|buchungshilfe|\w*invoice|credit note"
    r"|credit memo|facture|avoir|factura|fattura|\w*factuur|faktura|nota di credito"
    r"|nota de crédito|parcella)"
)
_CREDIT = re.compile(
    r"gutschrift|rechnungskorrektur|stornorechnung|credit note|credit memo|facture d['’]avoir"
    r"|\bavoir\b|nota de crédito|factura rectificativa|nota di credito|creditnota|creditfactuur"
    r"|faktura korygująca|红字|贷记|贷项",
    re.IGNORECASE,
)
# fmt: off
_OTHER_PAPERS = (
    r"angebot|kostenvoranschlag|auftragsbestätigung|bestellbestätigung|bestellung|lieferschein"
    r"|zahlungsavis|avis|quittung|kontoauszug|saldenbestätigung|offene posten"
    r"|quotation|quote|estimate|order confirmation|order acknowledg\w+|sales order|purchase order"
    r"|delivery note|packing (?:slip|list)|payment advice|remittance(?: advice)?"
    r"|(?:payment )?receipt|devis|bon de commande|bon de livraison|confirmation de commande"
    r"|avis de paiement|reçu|presupuesto|albarán|confirmación de pedido|pedido|recibo"
    r"|preventivo|conferma d['’]ordine|ddt|documento di trasporto|ricevuta|offerte"
    r"|orderbevestiging|pakbon|kwitantie|oferta|potwierdzenie zamówienia|zamówienie|paragon"
    r"|报价单|送货单|采购订单|订单|收据|收款收据"
)
_NEVER_INVOICES = (
    r"(?:\w+ )?(?:mahnung|zahlungserinnerung|mahnschreiben)|(?:final |payment |friendly )*reminder"
    r"|(?:final |overdue |past due )notice|(?:account )?statement(?: of accounts?)?"
    r"|relance|(?:lettre de )?rappel|mise en demeure|relevé de comptes?|recordatorio(?: de pago)?"
    r"|extracto de cuenta|sollecito(?: di pagamento)?|estratto conto|(?:betalings)?herinnering"
    r"|aanmaning|rekeningoverzicht|wezwanie do zapłaty|ponaglenie|对账单|催款函|形式发票"
)
# fmt: on
_ORDINAL = r"(?:\d{1,2}(?:\.|st|nd|rd|th|e|ère|ème|ª|º)? )?"
_NUMBERED = r"(?:\W*(?:nr\.?|no\.?|n°|nº|#|number|nummer)?\s?:?\s?[\w./\-]*\d[\w./\-]*)?"
_BEHIND = r"(?:\W.{0,40})?"
_OTHER_TITLE = re.compile(rf"{_ORDINAL}(?:{_OTHER_PAPERS}){_NUMBERED}", re.IGNORECASE)
_NEVER_TITLE = re.compile(rf"{_ORDINAL}(?:{_NEVER_INVOICES}){_BEHIND}", re.IGNORECASE)
_PRO_FORMA = re.compile(r"\bpro.?forma", re.IGNORECASE)
_SAYS_NOT = re.compile(
    r"not an? (?:vat |tax )?invoice|keine rechnung|ne constitue pas une facture|no es una factura"
    r"|non costituisce fattura|geen factuur|nie jest fakturą|非发票",
    re.IGNORECASE,
)
_INVOICE_TITLE = re.compile(rf"(?:[^\W\d]\S* ){{0,2}}{INVOICE}(?!\w).{{0,40}}", re.IGNORECASE)
_CHINESE_INVOICE = re.compile(r"发\s*票|發\s*票|账\s*单")
_NAMED = re.compile(
    rf"\b{INVOICE}|\b(?:bill|faktury|fatura|rechn|faktuur|rekening)\b|发\s*票|發\s*票|账\s*单",
    re.IGNORECASE,
)
_TOP_ROWS = 30
_TITLE_WORDS = 7
_LARGER = 1.15


def kind(page: Page) -> Field:
    """Invoice (380) or credit note (381), by the words in the upper part of the first page."""
    for cell in _upper_cells(page):
        match = _CREDIT.search(cell.text)
        # Within a sentence the word speaks about credit notes; a title is short.
        if match and len(cell.words) <= 10:
            box = cell.box_between(match.start(), match.end())
            return Field("381", page.number, box, "label", 0.85, say("title.credit"))
    return Field("380", page.number, None, "position", 0.8, say("title.invoice"))


def not_an_invoice(pages: Sequence[Page]) -> Iterator[Doubt]:
    """A doubt where the first page is titled otherwise, says so, or nothing names an invoice."""
    cells = [cell for cell in _upper_cells(pages[0]) if len(cell.words) <= _TITLE_WORDS]
    other = _other_title(cells)
    if other is not None:
        yield Doubt("type", "type.not_invoice", say("title.other", title=other.text))
    elif any(_SAYS_NOT.search(page.text) for page in pages) and not any(
        _is_invoice_title(cell) for cell in cells
    ):
        yield Doubt("type", "type.not_invoice", say("title.denied"))
    elif not any(_NAMED.search(page.text) for page in pages):
        yield Doubt("type", "type.unnamed", say("title.none"))


def _other_title(cells: Sequence[Cell]) -> Cell | None:
    never = (c for c in cells if _NEVER_TITLE.fullmatch(c.text) or _PRO_FORMA.search(c.text))
    if found := next(never, None):
        return found
    others = (cell for cell in cells if _OTHER_TITLE.fullmatch(cell.text))
    best = max(others, key=lambda title: title.height, default=None)
    invoice = max((cell.height for cell in cells if _is_invoice_title(cell)), default=0.0)
    # Among the facts of an invoice, the delivery note and the order are named in smaller type.
    return best if best and best.height > _LARGER * invoice else None


def _is_invoice_title(cell: Cell) -> bool:
    if _CHINESE_INVOICE.search(cell.text):
        return True
    return bool(_INVOICE_TITLE.fullmatch(cell.text)) and not _is_label(cell.text)


def _is_label(text: str) -> bool:
    """Whether it only labels a value, `Invoice number`; `Rechnung Nr. 5` is a title too."""
    first = next(labels_in(text), None)
    return first is not None and first.start == 0 and first.end == len(text.rstrip(" .:"))


def _upper_cells(page: Page) -> Iterator[Cell]:
    return (cell for row in page.rows[:_TOP_ROWS] for cell in row.cells)
