"""What invoices print, by language: several wordings of each label."""

from collections.abc import Mapping
from dataclasses import dataclass

_MONTHS = """
de Januar Februar März April Mai Juni Juli August September Oktober November Dezember
en January February March April May June July August September October November December
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
nl januari februari maart april mei juni juli augustus september oktober november december
"""
MONTHS: Mapping[str, tuple[str, ...]] = {
    language: tuple(months)
    for language, *months in (line.split() for line in _MONTHS.strip().splitlines())
}


@dataclass(frozen=True, slots=True)
class Words:
    """Each entry holds wordings that mean the same, one of which a style prints."""

    title: tuple[str, ...]
    number: tuple[str, ...]
    issue_date: tuple[str, ...]
    due_date: tuple[str, ...]
    delivery_date: tuple[str, ...]
    order: tuple[str, ...]
    customer: tuple[str, ...]
    net: tuple[str, ...]
    tax: tuple[str, ...]
    gross: tuple[str, ...]
    buyer: tuple[str, ...]
    columns: tuple[str, str, str, str]
    items: tuple[str, ...]
    legal: tuple[str, ...]
    forms: tuple[str, ...]
    streets: tuple[str, ...]
    exempt: str


def _each(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))


WORDS: Mapping[str, Words] = {
    "de": Words(
        _each("Rechnung|RECHNUNG|Ausgangsrechnung"),
        _each("Rechnungsnummer|Rechnungs-Nr.|Rechnung Nr.|Beleg-Nr.|Belegnummer"),
        _each("Rechnungsdatum|Datum|Belegdatum|Ausstellungsdatum"),
        _each("Fällig am|Zahlbar bis|Fälligkeitsdatum"),
        _each("Lieferdatum|Leistungsdatum"),
        _each("Bestellnummer|Ihre Bestellung|Bestell-Nr."),
        _each("Kundennummer|Kunden-Nr."),
        _each("Nettobetrag|Summe netto|Zwischensumme netto|Netto"),
        _each("MwSt. {rate} %|zzgl. {rate} % USt.|Umsatzsteuer {rate} %|USt {rate}%"),
        _each("Gesamtbetrag|Rechnungsbetrag|Bruttobetrag|Gesamtsumme|Endbetrag"),
        _each("Rechnungsempfänger|Rechnung an|Kunde"),
        ("Bezeichnung", "Menge", "Einzelpreis", "Betrag"),
        _each("Kopierpapier A4|Wartung Serverraum|Schraubensatz M8|Reinigung|Beratung|Kabel Cat 7"),
        _each("Es gelten unsere AGB vom 01.01.2019. Gerichtsstand ist Kiel, HRB 11728.|Bei Zahlung "
              "innerhalb von 10 Tagen gewähren wir 2 % Skonto.|Aufbewahrungsfrist 10 Jahre nach "
              "§ 147 AO, Stand 15.03.2021."),
        _each("GmbH|KG|AG|OHG"), _each("Lindenweg|Hauptstraße|Am Markt|Industriestraße"),
        "Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge)",
    ),
    "en": Words(
        _each("Invoice|INVOICE|Tax Invoice"),
        _each("Invoice number|Invoice no.|Invoice #|Invoice No|Document number"),
        _each("Invoice date|Date of issue|Issue date|Date"),
        _each("Due date|Payment due|Pay by"),
        _each("Delivery date|Date of supply"),
        _each("PO number|Purchase order|Your order"),
        _each("Customer number|Customer ID|Account no."),
        _each("Subtotal|Net total|Total excl. VAT|Net amount"),
        _each("VAT {rate}%|VAT ({rate}%)|Tax {rate}%|VAT @ {rate}%"),
        _each("Total|Grand total|Total due|Total incl. VAT|Amount due"),
        _each("Bill to|Invoice to|Billed to|Customer"),
        ("Description", "Qty", "Unit price", "Amount"),
        _each("Copy paper A4|Server maintenance|Screw set M8|Cleaning|Consulting|Cat 7 cable"),
        _each("Our terms of 1 January 2019 apply. Registered in England, company 04718823.|Late "
              "payments bear interest of 8.5 % since 12/03/2021.|Goods remain ours until paid in "
              "full; claims within 14 days."),
        _each("Ltd|Limited|PLC|LLP"), _each("Mill Lane|High Street|Station Road|Park Avenue"),
        "VAT exempt: reverse charge applies",
    ),
    "fr": Words(
        _each("Facture|FACTURE"),
        _each("Numéro de facture|Facture n°|N° de facture|N° facture"),
        _each("Date de facture|Date d'émission|Date de la facture|Date"),
        _each("Date d'échéance|Échéance|À payer avant le"),
        _each("Date de livraison|Date de prestation"),
        _each("N° de commande|Votre commande|Bon de commande"),
        _each("N° client|Code client"),
        _each("Total HT|Montant HT|Total hors taxes|Sous-total HT"),
        _each("TVA {rate} %|TVA ({rate}%)|Montant TVA {rate} %"),
        _each("Total TTC|Montant TTC|Net à payer|Total toutes taxes comprises"),
        _each("Facturé à|Client|Destinataire"),
        ("Désignation", "Qté", "PU HT", "Montant HT"),
        _each("Papier A4|Maintenance serveur|Vis M8|Nettoyage|Conseil|Câble Cat 7"),
        _each("SARL au capital de 10 000 €, RCS Lyon 403 265 045.|En cas de retard, indemnité de "
              "40 € (décret du 02/10/2012).|Escompte 1,5 % pour paiement sous 8 jours."),
        _each("SARL|SAS|SA|EURL"), _each("rue des Tanneurs|avenue Foch|quai Voltaire|rue Lepic"),
        "Autoliquidation : TVA non applicable",
    ),
    "es": Words(
        _each("Factura|FACTURA"),
        _each("Número de factura|Factura nº|Nº factura|Nº de factura"),
        _each("Fecha de factura|Fecha de emisión|Fecha|Fecha factura"),
        _each("Fecha de vencimiento|Vencimiento"),
        _each("Fecha de entrega|Fecha de operación"),
        _each("Nº pedido|Número de pedido|Pedido nº"),
        _each("Número de cliente|Cód. cliente"),
        _each("Base imponible|Subtotal|Importe neto|Total sin IVA"),
        _each("IVA {rate} %|IVA ({rate}%)|Cuota IVA {rate} %"),
        _each("Total factura|Importe total|Total a pagar|Total"),
        _each("Facturar a|Cliente|Destinatario"),
        ("Descripción", "Cant.", "Precio", "Importe"),
        _each("Papel A4|Mantenimiento|Tornillos M8|Limpieza|Asesoría|Cable Cat 7"),
        _each("Inscrita en el Registro Mercantil de Sevilla, tomo 4512, folio 88.|Forma de pago: "
              "transferencia a 30 días.|Ley 37/1992 de 28 de diciembre."),
        _each("S.L.|S.A."), _each("Calle Mayor|Avenida del Puerto|Plaza Nueva|Calle Sol"),
        "Inversión del sujeto pasivo",
    ),
    "it": Words(
        _each("Fattura|FATTURA"),
        _each("Numero fattura|Fattura n.|Fattura nr.|N. fattura"),
        _each("Data fattura|Data di emissione|Data documento|Data"),
        _each("Scadenza|Data scadenza|Data di scadenza"),
        _each("Data di consegna|Data consegna"),
        _each("Numero ordine|Ordine n.|Vostro ordine"),
        _each("Codice cliente|Cliente n."),
        _each("Totale imponibile|Imponibile|Totale netto"),
        _each("IVA {rate}%|IVA ({rate} %)|Totale IVA {rate}%"),
        _each("Totale fattura|Totale documento|Totale da pagare|Totale"),
        _each("Destinatario|Cliente|Intestatario"),
        ("Descrizione", "Q.tà", "Prezzo", "Importo"),
        _each("Carta A4|Manutenzione|Viti M8|Pulizia|Consulenza|Cavo Cat 7"),
        _each("Capitale sociale 10.000,00 € i.v., REA MI-1234567.|D.P.R. 633/1972 del 26 ottobre."
              "|Interessi di mora dell'8 % dal 31.12.2020."),
        _each("S.r.l.|S.p.A."), _each("Via Roma|Corso Italia|Piazza Duomo|Via Garibaldi"),
        "Inversione contabile",
    ),
    "nl": Words(
        _each("Factuur|FACTUUR"),
        _each("Factuurnummer|Factuur nr.|Factuurnr."),
        _each("Factuurdatum|Datum"),
        _each("Vervaldatum|Te betalen voor|Uiterste betaaldatum"),
        _each("Leverdatum|Leveringsdatum"),
        _each("Bestelnummer|Uw bestelling|Ordernummer"),
        _each("Klantnummer|Debiteurnr."),
        _each("Totaal excl. btw|Subtotaal|Bedrag excl. btw"),
        _each("btw {rate}%|BTW {rate} %|Btw-bedrag {rate}%"),
        _each("Totaal incl. btw|Te betalen|Factuurbedrag|Totaal"),
        _each("Klant|Factuuradres|Afnemer"),
        ("Omschrijving", "Aantal", "Prijs", "Bedrag"),
        _each("Papier A4|Onderhoud|Schroeven M8|Schoonmaak|Advies|Kabel Cat 7"),
        _each("KvK Utrecht 30187621, voorwaarden van 1 mei 2018.|Betaling binnen 14 dagen, daarna "
              "1,5 % rente per maand."),
        _each("B.V.|N.V."), _each("Dorpsstraat|Kerkweg|Stationsplein|Havenkade"),
        "Btw verlegd",
    ),
    "pl": Words(
        _each("Faktura|Faktura VAT|FAKTURA"),
        _each("Numer faktury|Faktura nr|Nr faktury"),
        _each("Data wystawienia|Data faktury"),
        _each("Termin płatności"),
        _each("Data sprzedaży|Data dostawy"),
        _each("Numer zamówienia|Nr zamówienia"),
        _each("Nr klienta"),
        _each("Wartość netto|Razem netto|Suma netto"),
        _each("Kwota VAT {rate}%|VAT {rate}%"),
        _each("Razem do zapłaty|Wartość brutto|Do zapłaty|Razem brutto"),
        _each("Nabywca"),
        ("Nazwa", "Ilość", "Cena", "Wartość"),
        _each("Papier A4|Serwis|Śruby M8|Sprzątanie|Doradztwo|Kabel Cat 7"),
        _each("KRS 0000123456, kapitał zakładowy 50 000 zł.|Odsetki ustawowe od 01.01.2022."),
        _each("Sp. z o.o.|S.A."), _each("ul. Lipowa|ul. Długa|al. Jerozolimskie"),
        "Odwrotne obciążenie",
    ),
    "zh": Words(
        _each("发票|增值税专用发票|电子发票"),
        _each("发票号码|发票编号|发票号"),
        _each("开票日期|发票日期"),
        _each("到期日|付款期限"),
        _each("交货日期"),
        _each("订单号|采购订单号"),
        _each("客户编号"),
        _each("不含税金额|金额合计|合计金额(不含税)"),
        _each("税额({rate}%)|增值税 {rate}%|税额"),
        _each("价税合计|价税合计(小写)|总金额"),
        _each("购买方|客户名称|购买方名称"),
        ("项目", "数量", "单价", "金额"),
        _each("复印纸|服务器维护|螺丝|清洁服务|咨询服务|网线"),
        _each("本发票依据2019年1月1日的条款开具。|开户行及账号：工商银行 622202100112345。"),
        _each("有限公司|股份有限公司"), _each("世纪大道|中山路|南京路"),
        "免税",
    ),
}  # fmt: skip
_NAMES = """
Albrecht Bergmann Carlson Delmas Esposito Ferrer Grau Holm Iversen Janssen Kowalski Lefort Moretti
Novak Okafor Petit Quint Rossi
"""
NAMES = tuple(_NAMES.split())
CHINESE_NAMES = ("上海星河", "北京远山", "深圳海川", "杭州云栖", "广州南天")
