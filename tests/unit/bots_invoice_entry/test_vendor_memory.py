"""Confirmed invoices teach the reading of the vendor's next one, and no single one can mislead."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bots.invoice_entry.evaluate.command import main
from bots.invoice_entry.reading import memory
from bots.invoice_entry.reading.invoice import Field, Invoice, InvoiceLine
from bots.invoice_entry.reading.memory import Confirmation, VendorMemory
from bots.invoice_entry.reading.memory.service import MemoryService
from bots.invoice_entry.reading.reader import conclude, observe
from bots.invoice_entry.reading.teaching import teach
from bots.invoice_entry.reading.wording import english
from samples.generator.__main__ import make

Texts = Sequence[tuple[float, float, str]]
Draw = Callable[..., Path]
SELLER = "Beispiel Werkzeugbau GmbH"
NOBODY = VendorMemory("a", SELLER, (), ())


@pytest.fixture
def page(german: Texts) -> Callable[..., Texts]:
    """An invoice whose number stands under words that no vocabulary has."""

    def drawn(number: str, *, day: str = "05.03.2024", gross: str = "1.190,00") -> Texts:
        new = {
            "Rechnungsnummer:": "Vorgang:", "2024-0815": number, "05.03.2024": day,
            "1.190,00": gross,
        }  # fmt: skip
        return [*((x, y, new.get(text, text)) for x, y, text in german), (50, 400, "Akte: A-77")]

    return drawn


class Desk:
    """Somebody who reads invoices and corrects them."""

    def __init__(self, draw: Draw) -> None:
        self._draw, self.vendor = draw, NOBODY

    def read(self, texts: Texts) -> Invoice:
        return conclude(observe(self._draw(texts)), [self.vendor])

    def confirm(
        self, texts: Texts, *, by_person: bool = True, amounts: Sequence[str] = (), **values: str
    ) -> None:
        observed = observe(self._draw(texts))
        lines = [InvoiceLine("", "", "", "", amount) for amount in amounts]
        said = {name: Field(value, 1, None, "review", 1.0, ()) for name, value in values.items()}
        fields = conclude(observed, [self.vendor]).fields | said
        learned = memory.learn(
            self.vendor, observed.digest, observed.pages, fields, lines, by_person=by_person
        )
        self.vendor = self.vendor.with_one_more(learned, memory.signs_of(fields))


@pytest.fixture
def desk(draw: Draw) -> Desk:
    return Desk(draw)


def codes(invoice: Invoice) -> set[str]:
    return {doubt.code for doubt in invoice.doubts}


def test_what_two_people_confirmed_passes_by_itself(desk: Desk, page: Callable[..., Texts]) -> None:
    assert "number.missing" in codes(desk.read(page("V-100")))
    desk.confirm(page("V-100"), number="V-100")
    assert not desk.read(page("V-101")).trusted
    desk.confirm(page("V-101"), number="V-101")
    invoice = desk.read(page("V-102"))
    assert invoice.trusted
    number = invoice.fields["number"]
    assert (number.value, number.source) == ("V-102", "memory")
    assert "2 confirmed invoices" in english(number.reason)
    assert number.box == pytest.approx((450, 51, 477, 62), abs=3)


def test_one_document_confirmed_twice_is_one(desk: Desk, page: Callable[..., Texts]) -> None:
    desk.confirm(page("V-100"), number="V-100")
    twice = replace(desk.vendor, confirmations=[*desk.vendor.confirmations] * 2)
    desk.vendor = twice.without(twice.confirmations[0].document)
    assert "number.missing" in codes(desk.read(page("V-101")))


def test_a_wrong_correction_is_outvoted(desk: Desk, page: Callable[..., Texts]) -> None:
    for number in ("V-100", "V-101"):
        desk.confirm(page(number), number=number)
    desk.confirm(page("V-102"), number="A-77")
    asked = desk.read(page("V-103"))
    assert not asked.trusted
    assert "number" not in asked.fields
    desk.confirm(page("V-103"), number="V-103")
    assert desk.read(page("V-104")).fields["number"].value == "V-104"
    assert desk.read(page("V-104")).trusted


def test_a_wrong_first_correction_does_not_last(desk: Desk, page: Callable[..., Texts]) -> None:
    desk.confirm(page("V-100"), number="A-77")
    for number in ("V-101", "V-102"):
        assert not desk.read(page(number)).trusted
        desk.confirm(page(number), number=number)
    assert desk.read(page("V-103")).fields["number"].value == "V-103"


def test_what_passed_by_itself_proves_nothing(desk: Desk, page: Callable[..., Texts]) -> None:
    for number in ("V-100", "V-101", "V-102"):
        desk.confirm(page(number), by_person=False, number=number)
    assert "number.missing" in codes(desk.read(page("V-103")))
    desk.confirm(page("V-103"), number="V-103")
    assert desk.read(page("V-104")).trusted


def test_a_number_unlike_all_earlier_ones_is_doubted(desk: Desk, german: Texts) -> None:
    def numbered(number: str) -> Texts:
        return [(x, y, number if text == "2024-0815" else text) for x, y, text in german]

    for number in ("2024-0815", "2024-0816", "2024-0817"):
        desk.confirm(numbered(number), by_person=False)
    assert "number.unlike_before" in codes(desk.read(numbered("KD77")))
    assert desk.read(numbered("2024-0818")).trusted


def test_a_number_that_repeats_needs_a_clear_label(desk: Desk, german: Texts) -> None:
    vague = [(x, y, text.replace("Rechnungsnummer", "Numero")) for x, y, text in german]
    assert desk.read(vague).trusted
    desk.confirm(vague, by_person=False)
    later = [(x, y, text.replace("05.03.2024", "06.03.2024")) for x, y, text in vague]
    repeated = desk.read(later)
    assert "number.weak" in codes(repeated)
    assert "an earlier invoice of this vendor has it" in english(repeated.fields["number"].reason)


def test_of_two_numbers_the_one_shaped_like_the_earlier_ones_is_taken(
    desk: Desk, german: Texts
) -> None:
    def numbered(number: str) -> Texts:
        return [(x, y, number if text == "2024-0815" else text) for x, y, text in german]

    rival = (50, 400, "Rechnungsnummer: 77")
    for number in ("2024-0815", "2024-0816"):
        desk.confirm(numbered(number), by_person=False)
    assert "number.ambiguous" in codes(desk.read([*numbered("2024-0818"), rival]))
    desk.confirm(numbered("2024-0817"), by_person=False)
    assert desk.read([*numbered("2024-0818"), rival]).trusted
    twin = (50, 420, "Akte: 2023-1")
    assert "number.ambiguous" in codes(desk.read([*numbered("2024-0818"), rival, twin]))


def test_a_tax_of_several_rates_is_found_where_each_stands(desk: Desk, german: Texts) -> None:
    def taxed(number: str, high: str, low: str, gross: str) -> Texts:
        head = [(x, y, number if text == "2024-0815" else text) for x, y, text in german if y < 300]
        labels = ("Summe netto", "MwSt 19 %", "MwSt 7 %", "Gesamtbetrag")
        row = zip((50, 180, 310, 440), labels, ("1.000,00", high, low, gross), strict=True)
        return [
            *head,
            *(cell for x, label, amount in row for cell in ((x, 300, label), (x, 316, amount))),
            (530, 316, "EUR"),
        ]

    for number, high, low, gross, tax in (
        ("2024-0815", "150,00", "20,00", "1.170,00", "170.00"),
        ("2024-0816", "140,00", "25,00", "1.165,00", "165.00"),
    ):
        page = taxed(number, high, low, gross)
        assert not desk.read(page).trusted
        desk.confirm(page, net="1000.00", tax=tax, gross=gross.replace(".", "").replace(",", "."))
    invoice = desk.read(taxed("2024-0817", "130,00", "30,00", "1.160,00"))
    assert invoice.fields["tax"].value == "160.00"
    assert invoice.trusted
    wrong = desk.read(taxed("2024-0817", "130,00", "31,00", "1.160,00"))
    assert not wrong.trusted


def test_a_sure_reading_elsewhere_than_remembered_is_doubted(
    desk: Desk, page: Callable[..., Texts]
) -> None:
    for number in ("V-100", "V-101"):
        desk.confirm(page(number), number=number)
    invoice = desk.read([*page("V-102"), (50, 420, "Rechnungsnummer: 4711")])
    assert "number.unlike_before" in codes(invoice)
    assert not invoice.trusted


def test_the_order_of_day_and_month_is_learnt(desk: Desk, german: Texts) -> None:
    def dated(day: str) -> Texts:
        english = {"Rechnungsdatum:": "Invoice date:", "05.03.2024": day}
        return [(x, y, english.get(text, text)) for x, y, text in german]

    desk.confirm(dated("03/05/2024"), issue_date="2024-03-05")
    desk.confirm(dated("04/07/2024"), issue_date="2024-04-07")
    invoice = desk.read(dated("06/08/2024"))
    assert invoice.fields["issue_date"].value == "2024-06-08"
    assert "issue_date.weak" not in codes(invoice)


def test_a_vendor_known_by_place_is_the_seller(desk: Desk, german: Texts) -> None:
    bare = [(x, y, "" if text == "Rechnungsersteller:" else text) for x, y, text in german]

    def numbered(number: str) -> Texts:
        return [(x, y, number if text == "2024-0815" else text) for x, y, text in bare]

    for number in ("2024-0815", "2024-0816"):
        assert "seller.weak" in codes(desk.read(numbered(number)))
        desk.confirm(numbered(number))
    assert desk.read(numbered("2024-0817")).trusted


@pytest.fixture
def swedish(german: Texts) -> Callable[..., Texts]:
    """The same invoice, its items in whole kronor under words that no vocabulary has."""
    words = {"Beschreibung": "Benämning", "Menge": "Antal", "Preis": "À-pris", "Betrag": "Belopp"}

    def drawn(number: str, *amounts: str) -> Texts:
        new = {**words, "2024-0815": number}
        items = [(450, 256 + 12 * at, amount) for at, amount in enumerate(amounts)]
        return [*((x, y, new.get(t, t)) for x, y, t in german if y != 256), *items]

    return drawn


def test_items_under_unknown_words_are_found_where_they_stood(
    desk: Desk, swedish: Callable[..., Texts]
) -> None:
    for number in ("2024-0815", "2024-0816"):
        page = swedish(number, "400", "600")
        assert codes(desk.read(page)) == {"lines.unproven"}
        desk.confirm(page, amounts=("400.00", "600.00"))
    invoice = desk.read(swedish("2024-0817", "700", "200", "100"))
    assert invoice.trusted
    assert [line.amount for line in invoice.lines] == ["700.00", "200.00", "100.00"]
    half = desk.read(swedish("2024-0818", "700", "200"))
    assert codes(half) == {"lines.unproven"}
    assert not half.lines


def test_a_vendor_that_lists_no_items_is_not_asked_for_them(desk: Desk, german: Texts) -> None:
    def bare(number: str) -> Texts:
        rows = ((x, y, t) for x, y, t in german if y not in (240, 256))
        return [(x, y, number if t == "2024-0815" else t) for x, y, t in rows]

    for number in ("2024-0815", "2024-0816"):
        assert codes(desk.read(bare(number))) == {"lines.unproven"}
        desk.confirm(bare(number))
    assert desk.read(bare("2024-0817")).trusted
    unread = [*bare("2024-0818"), (50, 240, "Beschreibung"), (450, 240, "Betrag")]
    assert "lines.unproven" in codes(desk.read([*unread, (50, 256, "Fräser"), (450, 256, "70,00")]))


def test_items_that_nobody_typed_are_no_sign_that_there_are_none(desk: Desk, german: Texts) -> None:
    def unclear(number: str) -> Texts:
        new = {"1.000,00": "999,00"}
        page = [(x, y, new.get(t, t) if y == 256 else t) for x, y, t in german]
        return [(x, y, number if t == "2024-0815" else t) for x, y, t in page]

    for number in ("2024-0815", "2024-0816"):
        desk.confirm(unclear(number))
    assert codes(desk.read(unclear("2024-0817"))) == {"lines.unproven"}


def test_the_items_of_a_review_are_taught_with_its_fields(draw: Draw, german: Texts) -> None:
    taught: list[dict] = []

    def orchestrator(request: httpx.Request) -> httpx.Response:
        taught.append(json.loads(request.content))
        return httpx.Response(200, json={"vendors": []})

    invoice = {
        "fields": {"seller": {"value": SELLER}, "net": {"value": "1000.00"}},
        "lines": [{"amount": "1000.00"}],
    }
    with httpx.Client(
        transport=httpx.MockTransport(orchestrator), base_url="http://deskhand"
    ) as http:
        assert teach(draw(german), {"invoice": invoice, "reviewed": True}, MemoryService(http))
    lesson = taught[-1]
    assert lesson["confirmation"]["items"]["heading"] == "Beschreibung Menge Preis Betrag"
    assert [table["persons"] for table in lesson["learned"]["items"]] == [1]


def test_a_price_list_full_of_codes_asks_for_no_more_than_it_may(draw: Draw, german: Texts) -> None:
    codes_ = [(50 + 100 * (n % 5), 400 + 9 * (n // 5), f"DE{n:09}") for n in range(220)]
    signs = observe(draw([*german, *codes_])).signs
    assert len(signs) == 200
    assert "name/beispielwerkzeugbaugmbh" in signs


def test_sisters_that_share_a_vat_id_have_memories_of_their_own() -> None:
    signs = ["seller_vat/DE136695976", "iban/DE02120300000000202051", "name/beispielgmbh"]
    known = replace(NOBODY, signs=signs)
    assert memory.belongs_to(["seller_vat/DE136695976", "name/beispielgmbh"], [known]) is known
    assert memory.belongs_to(["name/beispielgmbh"], [known]) is known
    assert memory.belongs_to(["seller_vat/DE136695976", "name/beispielag"], [known]) is None
    assert memory.belongs_to(["seller_vat/DE811569869", "name/beispielgmbh"], [known]) is None


def test_a_confirmation_survives_the_journey_as_json(
    desk: Desk, page: Callable[..., Texts]
) -> None:
    desk.confirm(page("V-100"), number="V-100")
    desk.confirm(page("V-101"), number="A-77", amounts=("1000.00",))
    for each in desk.vendor.confirmations:
        assert Confirmation.from_json(json.loads(json.dumps(each.as_json()))) == each


def test_the_learning_curve_rises_and_nothing_passes_undetected(tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    truths = [make(tmp_path, "test", seed=3, vendors=4, number=number) for number in range(24)]
    score = evaluated(tmp_path, truths)
    curve = score["learning_curve"]
    assert [point["seen"] for point in curve] == ["0", "1", "2", "3+"]
    assert curve[-1]["rate"] > (curve[0]["rate"] + curve[1]["rate"]) / 2
    assert score["after_two"]["rate"] >= 0.9
    assert score["undetected"] == []


def evaluated(folder: Path, truths: Iterable[object]) -> dict:
    (folder / "truth.json").write_text(json.dumps(list(truths)), encoding="utf-8")
    written = folder / "score.json"
    assert main([str(folder), "--memory", "--strip-xml", "--json", str(written)]) == 0
    return json.loads(written.read_text(encoding="utf-8"))
