"""The words that invoices print beside their values, by language.

A label may stand for nothing we want (`other`): it is listed so that the longer, exact label wins
over the shorter one inside it, as in *Gesamtbetrag der Abschläge*.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

STRONG, GOOD, WEAK = 0.95, 0.85, 0.6

# fmt: off
_NUMBER = {
    STRONG: """rechnungsnummer|rechnungsnr|rechnungs-nr|rechnung-nr|rechnung nr|rechnung #|re-nr|
        belegnummer|beleg-nr|gutschriftsnummer|gutschrift-nr|rechnungskorrektur nr|
        invoice number|invoice no|invoice #|invoice id|invoice nr|credit note number|credit note no|
        tax invoice no|numéro de facture|numero facture|n° de facture|n° facture|facture n°|
        facture no|facture numéro|no. de facture|n° d'avoir|avoir n°|发票号码|发票编号|发票号|
        账单编号|發票號碼|número de factura|nº de factura|nº factura|factura nº|factura n°|
        factura número|n.º factura|numero fattura|fattura n|fattura nr|n. fattura|fattura numero|
        factuurnummer|factuurnr|factuur nr|numer faktury|nr faktury|faktura nr|faktura vat nr|
        rg-nr|rechn-nr|fakturanummer|faktura-nr|fakturanr|abrechnungsnummer|inv no|inv #|
        invoice num|
        tax invoice number|vat invoice number|vat invoice no|numéro facture|n° de la facture|
        référence facture|nº de la factura|núm. factura|num. factura|factura núm|nr fattura|
        n° fattura|fattura n°|numero documento|num. documento|n. documento|documento n|
        factuur nummer|factuur no|notanummer|numer dokumentu|nr dokumentu""",
    GOOD: "document number|document no|bill number|bill no|n° de pièce|numéro|单据编号|编号|numero",
    WEAK: "n°|nº",
}
_ISSUE_DATE = {
    STRONG: """rechnungsdatum|rechnungs-datum|belegdatum|beleg-datum|ausstellungsdatum|
        datum der rechnung|gutschriftsdatum|invoice date|date of invoice|date of issue|issue date|
        issued on|date issued|credit note date|tax point date|date de facture|
        date de la facture|date facture|date d'émission|facture du|开票日期|发票日期|開票日期|
        fecha de factura|fecha factura|fecha de emisión|fecha de expedición|data fattura|
        data della fattura|data di emissione|data emissione|data documento|factuurdatum|
        data wystawienia|data faktury|re-datum|rg-datum|rechn-datum|fakturadatum|rechnungsdat|
        rechnung vom|inv date|bill date|billing date|tax date|tax point|document date|
        fecha de la factura|fecha documento|data del documento|date d'établissement|
        factuur datum|data wystawienia faktury|data sporządzenia""",
    GOOD: """date|datum|日期|fecha|data|dated|issued|ausgestellt am|émise le|émis le|
        date de facturation|emitida el""",
}
_DUE_DATE = {
    STRONG: """fälligkeitsdatum|fällig am|fällig bis|zahlbar bis|zahlbar bis zum|zu zahlen bis|
        zahlungsziel|bitte überweisen sie bis zum|bitte zahlen sie bis|due date|payment due date|
        date due|payment due by|payable by|please pay by|please remit until|pay by|échéance|
        date d'échéance|date limite de paiement|à payer avant le|payable le|付款截止日期|付款到期日|
        到期日|到期日期|付款期限|fecha de vencimiento|vencimiento|data scadenza|scadenza|
        data di scadenza|vervaldatum|te betalen voor|uiterste betaaldatum|termin płatności""",
    GOOD: "fälligkeit|fällig|due",
}
_DELIVERY_DATE = {
    STRONG: """lieferdatum|leistungsdatum|leistungs-datum|liefer- und leistungsdatum|
        liefer-/leistungsdatum|datum der lieferung|delivery date|date of delivery|date of supply|
        supply date|service date|date de livraison|date de prestation|交货日期|发货日期|
        fecha de entrega|fecha de operación|data di consegna|data consegna|leverdatum|
        leveringsdatum|data dostawy|data sprzedaży|data wykonania usługi""",
}
_NET = {
    STRONG: """rechnungssumme ohne ust|rechnungssumme netto|summe netto|nettosumme|netto gesamt|
        gesamtbetrag netto|gesamt netto|gesamtsumme netto|nettobetrag gesamt|rechnungsbetrag netto|
        total netto|summe ohne mwst|summe ohne ust|net total|total net|net total amount|net amount|
        total excl. vat|total excluding vat|total ex vat|total without vat|amount excl. vat|
        subtotal excl. vat|total before tax|taxable amount|total ht|montant total ht|total net ht|
        montant ht total|total hors taxes|total hors taxe|total h.t|montant net|不含税金额|
        税前金额|不含税合计|合计金额(不含税)|金额合计|未税金额|净额|base imponible|
        total sin iva|importe neto|total base imponible|totale imponibile|imponibile|
        totale netto|totale senza iva|totaal excl. btw|totaal exclusief btw|bedrag excl. btw|
        wartość netto|razem netto|suma netto|kwota netto|ogółem netto|total excluding tax|
        total net of vat|
        net value|total exkl. mwst|total exkl. ust|betrag netto|gesamtnettobetrag|nettowert|
        total htva|montant hors taxe|montant hors taxes|importo netto|nettobedrag|netto bedrag|
        totaal exclusief|base imponible total|suma imponible|entgelt netto|taxable value""",
    GOOD: """nettobetrag|netto|net|subtotal|sub-total|sub total|zwischensumme|sous-total|
        sous-total ht|小计|合计|montant ht|subtotaal|subtotale|subtotal sin iva""",
    WEAK: "positionssumme|line total amount|warenwert",
}
_TAX = {
    STRONG: """summe umsatzsteuer|steuerbetrag|umsatzsteuer gesamt|ust gesamt|mwst gesamt|
        gesamtbetrag ust|summe mwst|summe ust|steuerbetrag in eur|mehrwertsteuer gesamt|
        mwst-betrag|mwst.-betrag|ust-betrag|ust.-betrag|vat total|total vat|total tax|tax total|
        vat amount|tax amount|total gst|montant tva|total tva|montant de la tva|montant total tva|
        税额合计|合计税额|税额|增值税税额|税金|total iva|cuota iva|importe iva|totale iva|
        totale imposta|importo iva|totaal btw|btw-bedrag|btw bedrag|btw totaal|kwota vat|
        razem vat|suma vat|podatek vat|tax due|total sales tax|total vat amount|vat subtotal|
        davon mwst|darin enthaltene mwst|enthaltene mwst|enthaltene umsatzsteuer|
        darin enthaltene umsatzsteuer|
        total igst|igst amount|total gst amount|waarvan btw|total tax amount""",
    GOOD: """umsatzsteuer|mehrwertsteuer|mwst|zzgl. ust|zzgl. mwst|zuzügl. ust|zuzüglich ust|
        zzgl. umsatzsteuer|zzgl. mehrwertsteuer|zuzüglich umsatzsteuer|plus vat|
        value added tax|vat|sales tax|gst|tax|tva|taxe sur la valeur ajoutée|增值税|iva|btw|
        ust|imposta|hst|igst|mehrwertst|i.v.a|t.v.a""",
}
_GROSS = {
    STRONG: """rechnungssumme brutto|bruttosumme|summe brutto|bruttobetrag|gesamtbetrag brutto|
        gesamt brutto|gesamtsumme brutto|rechnungsbetrag brutto|summe inkl. ust|summe inkl. mwst|
        gesamtbetrag inkl. mwst|gesamtbetrag inkl. ust|gesamtbetrag|rechnungsbetrag|gesamtsumme|
        endbetrag|gross total|gross total amount|total gross|gross amount|total incl. vat|
        total including vat|total inc vat|total amount incl. vat|grand total|invoice total|
        total amount due|total due|total amount|total ttc|montant ttc|montant total ttc|
        total toutes taxes comprises|价税合计|价税合计(小写)|含税金额|含税总额|含税合计|总金额|总计|
        总额|total con iva|total factura|importe total|total a pagar|totale fattura|
        totale documento|totale con iva|totale da pagare|totale lordo|totaal incl. btw|
        totaal inclusief btw|factuurbedrag|wartość brutto|razem brutto|suma brutto|
        kwota brutto|do zapłaty|razem do zapłaty|total payable|total amount payable|amount payable|
        total to pay|invoice amount|total invoice amount|total invoice value|total for this bill|
        total inkl. mwst|total inkl. ust|rechnungsendbetrag|rechnungsgesamtbetrag|rechnungstotal|
        gesamtrechnungsbetrag|total général|total à payer|montant facture|total de la facture|
        importe total factura|total general|totale generale|totaalbedrag|totaal te voldoen|
        eindbedrag|te betalen bedrag|factuurtotaal|ogółem brutto|kwota do zapłaty|
        należność ogółem""",
    GOOD: """total|gesamt|summe|brutto|gross|net à payer|montant à payer|amount due|
        due payable|balance due|totale|totaal|te betalen|应付金额|应付总额|razem|zu zahlen|
        zahlbetrag|à payer|netto a pagare|netto da pagare|net à régler|montant à régler|montant dû|
        te voldoen|ogółem|łącznie|please pay|zu zahlender betrag""",
}
_CURRENCY = {
    STRONG: """rechnungswährung|währung|beträge in|alle beträge in|currency|invoice currency|
        amounts in|all amounts in|devise|montants en|monnaie|币种|货币|moneda|divisa|valuta|
        importi in|waluta""",
}
_IBAN = {STRONG: "iban|iban-nr|iban code|verkäufer-iban|账号|numero iban|nr iban"}
_SELLER_VAT = {
    STRONG: """ust-id|ust-idnr|ust.-id.-nr|ust-id-nr|ust.-identnr|ust-identnummer|ust-idnummer|
        umsatzsteuer-id|umsatzsteuer-identifikationsnummer|umsatzsteuer-identnummer|
        vat id|vat-id|vat number|vat no|vat registration number|vat reg no|vat reg. no|
        tax id|seller vat id|n° tva|numéro de tva|n° tva intracommunautaire|
        n° de tva intracommunautaire|tva intracommunautaire|n° tva intra|id tva|
        纳税人识别号|税号|统一社会信用代码|nif|cif|n.i.f|nif-iva|partita iva|p. iva|p.iva|
        cod. fiscale e p. iva|btw-nummer|btw nummer|btw-id|btw nr|nip|vat ue""",
}
_BUYER_VAT = {
    STRONG: """ihre ust-id|ihre ust-idnr|ihre ust.-identnr|ust-id des kunden|kunden-ust-id|
        customer vat id|customer vat number|customer vat|your vat number|your vat id|
        buyer vat id|client vat|n° tva client|tva client|votre n° tva|购买方税号|
        购方税号|nif cliente|p. iva cliente|btw-nummer klant|nip nabywcy""",
}
_PO = {
    STRONG: """bestellnummer|bestell-nr|bestellung|bestellung nr|ihre bestellnummer|ihre bestellung|
        bestellnr|auftragsnummer des kunden|bestellreferenz|purchase order|purchase order no|
        purchase order number|po number|po no|p.o. number|p.o. no|po #|po|your order|
        your order no|order number|order no|customer order|n° de commande|n° commande|
        commande n°|bon de commande|votre commande|référence commande|numéro de commande|
        采购订单号|采购订单|订单号|订单编号|número de pedido|nº de pedido|pedido nº|n° pedido|
        numero ordine|ordine n|n. ordine|vostro ordine|bestelnummer|inkoopnummer|ordernummer|
        uw bestelling|numer zamówienia|nr zamówienia|zamówienie nr""",
}
_SELLER = {
    STRONG: """verkäufer|rechnungsersteller|rechnungssteller|lieferant|verkäuferin|
        leistungserbringer|seller|supplier|vendor|from|sold by|issued by|issuer|émetteur|
        vendeur|fournisseur|prestataire|销售方|卖方|销方|供应商|开票方|销售方名称|卖方名称|
        vendedor|emisor|proveedor|fornitore|cedente|cedente/prestatore|venditore|mittente|
        leverancier|verkoper|sprzedawca|wystawca""",
}
_BUYER = {
    STRONG: """käufer|käufer/leistungsempfänger|leistungsempfänger|rechnungsempfänger|kunde|
        rechnung an|rechnungsadresse|rechnungsanschrift|bauherr|auftraggeber|billing address|
        credit to|invoice address|spett.le|spettabile|buyer|bill to|billed to|invoice to|
        customer|client|sold to|destinataire|acheteur|facturé à|adressé à|adresse de facturation|
        购买方|买方|购方|客户|购买方名称|买方名称|客户名称|comprador|cliente|facturar a|
        destinatario|cessionario|cessionario/committente|acquirente|klant|koper|afnemer|
        factuuradres|nabywca""",
}
_PARTY_NAME = {
    STRONG: """name|firma|firmenname|company|nom|raison sociale|名称|公司名称|nombre|nome|naam|
        nazwa"""
}
_OTHER = {
    STRONG: """gesamtbetrag der zuschläge|gesamtbetrag der abschläge|erhaltene anzahlungen|
        summe der zuschläge|summe der abschläge|basisbetrag|steuerbasisbetrag|steuersatz|
        grundbetrag|bruttopreis|nettopreis|einzelpreis|stückpreis|unit price|net price|
        prix unitaire|prix unitaire ht|pu ht|单价|precio unitario|prezzo unitario|stukprijs|
        cena netto|kundennummer|kunden-nr|kundennr|customer number|customer no|customer id|
        numéro client|n° client|code client|客户编号|número de cliente|codice cliente|
        klantnummer|lieferscheinnummer|lieferschein-nr|lieferschein nr|delivery note|
        delivery note no|despatch notice|bon de livraison|送货单号|steuernummer|steuer-nr|
        steuernr|tax number|siret|siren|handelsregister|bereits bezahlt|amount paid|acompte|
        anzahlung|deposit|prepaid|discount|rabatt|skonto|remise|descuento|sconto|korting|
        versandkosten|shipping|frais de port|fracht|freight|charge|extra charge|allowance|
        contract number|vertrag|vertragsnummer|vertrags-nr|vertrags-datum|contrat n°|
        auftragsnummer|auftrag-nr|auftrags-nr|auftrag-datum|auftrag-datum-lief|bestell-datum|
        bestelldatum|lieferschein-datum|order date|date de commande|fecha de pedido|
        vat rate|tax rate|vat %|ust %|mwst %|mwst-%|ust. %|taux tva|tva %|tipo iva|iva %|
        aliquota iva|btw %|税率|stawka vat|nettopreis menge|net amout|abweichender warenempfänger|
        warenempfänger|lieferadresse|lieferanschrift|ship to|deliver to|adresse de livraison|
        收货方|收货地址|dirección de entrega|indirizzo di consegna|abweichender zahlungsempfänger|
        abweichender rechnungsempfänger|zahlungsempfänger|payee|steuervertreter|
        printdatum|druckdatum|print date|referenz|reference|number|
        zahlungsreferenz|payment reference|
        zahlungsbedingungen|payment terms|verwendungszweck|nummer|globale nummer|gln|gtin|
        original invoice|original invoice no|original invoice number|zu rechnung|zu rechnung nr|
        ursprüngliche rechnung|rechnungsreferenz|bezug rechnung|facture d'origine|
        facture initiale|原发票号码|原发票号|factura original|factura rectificada|
        fattura originale|lief-nr|lieferantennummer|supplier no|vendor no|vendor number|
        sales order|auftrag-nr-lief|seite|page|tage|days|telefon|phone|tel|fax|e-mail|email|
        ansprechpartner|contact|anschrift|address|adresse|positionsdaten|bemerkungen|
        vat breakdown|umsatzsteueraufschlüsselung|steueraufschlüsselung|belegsummen|
        umsatzsteuerbefreit|bic|swift|blz|bank|项目|contact person|zahlungsart|payment method|
        already paid|déjà payé|reste à payer|offener betrag|outstanding amount|rounding|rundung|
        weitere referenz|order reference|billing period|abrechnungszeitraum|leistungszeitraum|
        liefer-/leistungszeitraum|taxable person|bruttolistenpreis|kontonummer|account number|
        previous balance|balance brought forward|balance forward|payment received|payments received|
        total paid|total credits|total hours|total quantity|total qty|total items|
        total weight|total units|gesamtgewicht|gesamtmenge|totale merce|totale sconto|
        total discount|rabatt gesamt|order total|restbetrag|restforderung|amount enclosed|
        total savings|tax rate|tax reg|mwst-satz|ust-satz|mwst-nr|taxable|
        bestellung vom|auftrag vom|lieferung vom""",
}
# fmt: on

VOCABULARY = {
    "number": _NUMBER,
    "issue_date": _ISSUE_DATE,
    "due_date": _DUE_DATE,
    "delivery_date": _DELIVERY_DATE,
    "net": _NET,
    "tax": _TAX,
    "gross": _GROSS,
    "currency": _CURRENCY,
    "iban": _IBAN,
    "seller_vat": _SELLER_VAT,
    "buyer_vat": _BUYER_VAT,
    "po_number": _PO,
    "seller": _SELLER,
    "buyer": _BUYER,
    "party_name": _PARTY_NAME,
    "other": _OTHER,
}


@dataclass(frozen=True)
class Label:
    """A printed label in a text, characters [start, end)."""

    field: str
    strength: float
    start: int
    end: int


def fold(text: str) -> tuple[str, list[int]]:
    """The text without case, accents, spaces and punctuation, and where each character was."""
    kept: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for plain in unicodedata.normalize("NFKD", char.casefold()):
            if plain.isalnum() or plain in "#°%":
                kept.append(plain)
                places.append(place)
    return "".join(kept), places


def _index() -> dict[str, list[tuple[str, str, float]]]:
    index: dict[str, list[tuple[str, str, float]]] = {}
    for field, by_strength in VOCABULARY.items():
        for strength, labels in by_strength.items():
            for label in labels.split("|"):
                folded = fold(label)[0]
                index.setdefault(folded[0], []).append((folded, field, strength))
    for entries in index.values():
        entries.sort(key=lambda entry: len(entry[0]), reverse=True)
    return index


_INDEX = _index()


def labels_in(text: str) -> Iterator[Label]:
    """The labels of a text, left to right, the longest at each place."""
    return iter(_labels_of(text))


# Every field's search, and every column's, asks about the same cells again.
@lru_cache(maxsize=4096)
def _labels_of(text: str) -> tuple[Label, ...]:
    folded, places = fold(text)
    labels, at = [], 0
    while at < len(folded):
        found = _label_at(text, folded, places, at)
        length, label = found or (1, None)
        labels += [label] if label else []
        at += length
    return tuple(labels)


def _label_at(text: str, folded: str, places: list[int], at: int) -> tuple[int, Label] | None:
    start = places[at]
    if start > 0 and text[start - 1].isalnum() and not _is_cjk(text[start]):
        return None
    for label, field, strength in _INDEX.get(folded[at], ()):
        if not folded.startswith(label, at):
            continue
        end = places[at + len(label) - 1] + 1
        if end < len(text) and _goes_on(text, end, len(label)):
            continue
        return len(label), Label(field, strength, start, end)
    return None


def _goes_on(text: str, end: int, length: int) -> bool:
    # `PO-445` is a number, `Rechnungsnummer471102` a label that lost its space.
    if length <= 3 and text[end] in "-/_0123456789":
        return not _is_cjk(text[end - 1])
    return text[end].isalpha() and not _is_cjk(text[end - 1])


def _is_cjk(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
