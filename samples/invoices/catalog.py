"""Who sends the sample invoices, what they ask for, and what should become of each."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

CENT = Decimal("0.01")
BUYER = ("Deskhand Handels GmbH", "Hafenstrasse 12", "20457 Hamburg", "DE136695976")


@dataclass(frozen=True, slots=True)
class Vendor:
    vendor_id: str
    name: str
    street: str
    city: str
    country: str
    language: str
    currency: str
    vat_id: str
    iban: str
    rate: Decimal  # tax, percent
    blocked: bool = False


def _vendor(*fields: str, rate: str = "19", blocked: bool = False) -> Vendor:
    vendor_id, name, street, city, country, language, currency, vat_id, iban = fields
    return Vendor(
        vendor_id, name, street, city, country, language, currency, vat_id, iban,
        Decimal(rate), blocked,
    )  # fmt: skip


VENDORS = {
    v.vendor_id: v
    for v in (
        _vendor("V001", "Nordlicht Bürobedarf GmbH", "Lindenweg 4", "24103 Kiel", "DE", "de", "EUR",
                "DE811569869", "DE89370400440532013000"),
        _vendor("V002", "Krause & Söhne Maschinenbau KG", "Werkstraße 88", "70327 Stuttgart", "DE",
                "de", "EUR", "DE129273398", "DE02120300000000202051"),
        _vendor("V003", "Albion Office Supplies Ltd", "14 Mill Lane", "Leeds LS1 4AP", "GB", "en",
                "GBP", "GB980780684", "GB82WEST12345698765432", rate="20"),
        _vendor("V004", "Hudson Data Services Inc", "200 Water Street", "New York NY 10038", "US",
                "en", "USD", "", "", rate="8"),
        _vendor("V005", "Papeterie du Rhône SARL", "9 rue des Tanneurs", "69002 Lyon", "FR", "fr",
                "EUR", "FR40303265045", "FR1420041010050500013M02606", rate="20"),
        _vendor("V006", "Atelier Lumière SAS", "31 quai Voltaire", "75007 Paris", "FR", "fr", "EUR",
                "FR83404833048", "FR7630006000011234567890189", rate="20"),
        _vendor("V007", "上海星河办公用品有限公司", "浦东新区世纪大道100号", "上海 200120", "CN",
                "zh", "CNY", "91310115MA1K35JX0J", "", rate="13"),
        _vendor("V008", "Altmetall Westhafen GmbH", "Kai 3", "13353 Berlin", "DE", "de", "EUR",
                "DE144455669", "DE75512108001245126199", blocked=True),
    )
}  # fmt: skip
STRANGER = _vendor("", "Blitzversand Unbekannt UG", "Am Rand 1", "01067 Dresden", "DE", "de", "EUR",
                   "DE198765432", "DE91100000000123456789")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    description: str
    quantity: int
    unit_price: Decimal

    @property
    def amount(self) -> Decimal:
        return (self.quantity * self.unit_price).quantize(CENT)


@dataclass(frozen=True, slots=True)
class Invoice:
    """What one sample says, and `outcome`: what Deskhand should do with it.

    booked | review | approval; of the files that share `twin`, one is booked and the others
    wait for review, whichever is read first.
    """

    file: str
    layout: str
    vendor: Vendor
    number: str
    lines: tuple[Line, ...]
    outcome: str = "booked"
    issued: date = date(2026, 10, 5)
    po_number: str = ""
    form: str = "pdf"  # pdf | scan | hybrid
    wrong_gross: Decimal | None = None  # printed instead of the true sum
    xml_number: str = ""  # the hybrid's XML says this instead
    iban: str = ""
    credit: bool = False
    twin: str = ""
    hidden: frozenset[str] = field(default_factory=frozenset)  # labels not printed

    @property
    def net(self) -> Decimal:
        return sum((line.amount for line in self.lines), Decimal("0.00"))

    @property
    def tax(self) -> Decimal:
        return (self.net * self.vendor.rate / 100).quantize(CENT)

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax if self.wrong_gross is None else self.wrong_gross

    @property
    def due(self) -> date:
        return self.issued + timedelta(days=30)


GOODS = {
    "de": ("Kopierpapier A4 80 g", "Schreibtischlampe LED", "Ordner breit, blau"),
    "en": ("Copy paper A4 80 gsm", "Desk lamp LED", "Lever arch file, blue"),
    "fr": ("Papier copie A4 80 g", "Lampe de bureau LED", "Classeur à levier bleu"),
    "zh": ("A4复印纸 80克", "LED台灯", "文件夹 蓝色"),
}


def _lines(language: str, *rows: tuple[int, str]) -> tuple[Line, ...]:
    goods = GOODS[language]
    return tuple(
        Line(goods[i % len(goods)], quantity, Decimal(price))
        for i, (quantity, price) in enumerate(rows)
    )


def _invoice(
    file: str, layout: str, vendor_id: str, number: str, *rows: tuple[int, str]
) -> Invoice:
    vendor = VENDORS[vendor_id]
    return Invoice(f"{file}.pdf", layout, vendor, number, _lines(vendor.language, *rows))


_KIEL = _invoice("de-nordlicht-1", "letter", "V001", "RE-2026-0417", (20, "4.90"), (3, "39.50"))
_STUTTGART = _invoice("de-krause-1", "boxes", "V002", "2026/10233", (2, "1180.00"), (8, "64.25"))
_LEEDS = _invoice("en-albion-1", "table", "V003", "INV-88214", (40, "3.75"), (5, "21.00"))
_NEW_YORK = _invoice("en-hudson-1", "sidebar", "V004", "HDS-5521", (10, "145.00"))
_LYON = _invoice("fr-rhone-1", "centred", "V005", "F2026-1187", (12, "8.40"), (6, "17.95"))
_PARIS = _invoice("fr-lumiere-1", "compact", "V006", "AL-20261005", (4, "220.00"))
_SHANGHAI = _invoice("zh-xinghe-1", "table", "V007", "XH20261005", (100, "18.50"), (20, "96.00"))

INVOICES: tuple[Invoice, ...] = (
    _KIEL,
    replace(_invoice("de-nordlicht-2", "letter", "V001", "RE-2026-0431", (55, "4.90")),
            issued=date(2026, 10, 19), po_number="PO-4711"),
    _STUTTGART,
    replace(_invoice("de-krause-2", "compact", "V002", "2026/10391", (1, "2350.00"), (4, "12.80")),
            po_number="PO-4712"),
    _LEEDS,
    _invoice("en-albion-2", "centred", "V003", "INV-88377", (10, "3.75"), (2, "21.00")),
    _NEW_YORK,
    _invoice("en-hudson-2", "boxes", "V004", "HDS-5630", (16, "145.00"), (1, "310.00")),
    _LYON,
    _invoice("fr-rhone-2", "letter", "V005", "F2026-1203", (30, "8.40")),
    _PARIS,
    _invoice("fr-lumiere-2", "sidebar", "V006", "AL-20261018", (2, "220.00"), (3, "48.00")),
    _SHANGHAI,
    _invoice("zh-xinghe-2", "letter", "V007", "XH20261019", (30, "18.50"), (5, "96.00")),
    replace(_invoice("hybrid-nordlicht", "boxes", "V001", "RE-2026-0440", (14, "4.90")),
            form="hybrid"),
    replace(_invoice("hybrid-differs", "letter", "V002", "2026/10402", (3, "310.00")),
            form="hybrid", xml_number="2026/10420", outcome="review"),
    replace(_invoice("wrong-sum", "table", "V001", "RE-2026-0418", (20, "4.90"), (3, "39.50")),
            wrong_gross=Decimal("275.64"), outcome="review"),
    Invoice("unknown-vendor.pdf", "letter", STRANGER, "BU-1", _lines("de", (1, "480.00")),
            outcome="review"),
    replace(_KIEL, file="duplicate-nordlicht.pdf", layout="centred", outcome="review"),
    replace(_invoice("scan-rhone", "letter", "V005", "F2026-1210", (9, "17.95")), form="scan",
            outcome="review"),
    replace(_invoice("no-number", "letter", "V003", "INV-88400", (3, "21.00")),
            hidden=frozenset({"number"}), outcome="review"),
    replace(_invoice("blocked-vendor", "boxes", "V008", "AW-77", (1, "950.00")), outcome="review"),
    replace(_invoice("over-order", "table", "V001", "RE-2026-0450", (90, "39.50")),
            po_number="PO-4713", outcome="review"),
    replace(_invoice("bad-iban", "letter", "V002", "2026/10450", (2, "64.25")),
            iban="DE89370400440532013001", outcome="review"),
    replace(_invoice("credit-note", "letter", "V001", "GU-2026-0009", (2, "39.50")), credit=True,
            outcome="review"),
    replace(_invoice("approval-krause", "boxes", "V002", "2026/10500", (10, "1180.00")),
            outcome="approval"),
    replace(_invoice("approval-hudson", "sidebar", "V004", "HDS-5702", (95, "145.00")),
            outcome="approval"),
    replace(_invoice("risk-krause", "table", "V002", "2026/10501", (60, "1180.00")),
            outcome="approval"),
)  # fmt: skip
_TWINS = {"de-nordlicht-1.pdf", "duplicate-nordlicht.pdf"}
INVOICES = tuple(replace(i, twin="RE-2026-0417") if i.file in _TWINS else i for i in INVOICES)

PURCHASE_ORDERS = (  # number, vendor, currency, net, still open
    ("PO-4711", "V001", "EUR", Decimal("270.00"), Decimal("270.00")),
    ("PO-4712", "V002", "EUR", Decimal("2401.20"), Decimal("2401.20")),
    ("PO-4713", "V001", "EUR", Decimal("1800.00"), Decimal("1800.00")),
)
