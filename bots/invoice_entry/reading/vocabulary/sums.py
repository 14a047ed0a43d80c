"""What names the sums, their currency and the account."""

from __future__ import annotations

from .strength import GOOD, STRONG, WEAK

# fmt: off
NET = {
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
        net value|goods total|prix ht|base ht|summe der nettobeträge|total taxable|
        total goods|net goods total|total net value|
        total exkl. mwst|total exkl. ust|betrag netto|gesamtnettobetrag|nettowert|
        total htva|montant hors taxe|montant hors taxes|importo netto|nettobedrag|netto bedrag|
        totaal exclusief|base imponible total|suma imponible|entgelt netto|taxable value""",
    GOOD: """nettobetrag|netto|net|subtotal|sub-total|sub total|zwischensumme|sous-total|
        sous-total ht|小计|合计|montant ht|subtotaal|subtotale|subtotal sin iva""",
    WEAK: "positionssumme|line total amount|warenwert",
}
TAX = {
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
    GOOD: """qst|pst|tps|tvq|cgst|sgst|utgst|steuern|ausgangssteuer|output tax|sales taxes|
        taxes|umsatzsteuer|
        mehrwertsteuer|mwst|zzgl. ust|zzgl. mwst|zuzügl. ust|zuzüglich ust|
        zzgl. umsatzsteuer|zzgl. mehrwertsteuer|zuzüglich umsatzsteuer|plus vat|
        value added tax|vat|sales tax|gst|tax|tva|taxe sur la valeur ajoutée|增值税|iva|btw|
        ust|imposta|hst|igst|mehrwertst|i.v.a|t.v.a""",
}
GROSS = {
    STRONG: """rechnungssumme brutto|bruttosumme|summe brutto|bruttobetrag|gesamtbetrag brutto|
        gesamt brutto|gesamtsumme brutto|rechnungsbetrag brutto|summe inkl. ust|summe inkl. mwst|
        gesamtbetrag inkl. mwst|gesamtbetrag inkl. ust|gesamtbetrag|rechnungsbetrag|
        gesamtsumme|rechnungssumme|
        gutschriftsbetrag|amount charged|pay this amount|abrechnungsbetrag|
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
        należność ogółem|net amount due|net amount payable|net payable|net due|net to pay|
        total charges|total current charges|total cost|total price|gesamtpreis|
        gesamtkosten|endsumme|
        prix total|precio total|prezzo totale|montant à payer ttc|total du|à régler|
        total invoice|total bill|total of invoice|amount of invoice|invoice value""",
    GOOD: """total|gesamt|summe|brutto|gross|net à payer|montant à payer|amount due|
        due payable|balance due|totale|totaal|te betalen|应付金额|应付总额|razem|zu zahlen|
        zahlbetrag|à payer|netto a pagare|netto da pagare|net à régler|montant à régler|montant dû|
        te voldoen|ogółem|łącznie|please pay|zu zahlender betrag""",
}
CURRENCY = {
    STRONG: """rechnungswährung|währung|beträge in|alle beträge in|currency|invoice currency|
        amounts in|all amounts in|devise|montants en|monnaie|币种|货币|moneda|divisa|valuta|
        importi in|waluta""",
}
IBAN = {STRONG: "iban|iban-nr|iban code|verkäufer-iban|账号|numero iban|nr iban"}
# fmt: on
