"""What names an invoice, its dates and its order."""

from __future__ import annotations

from .strength import GOOD, STRONG, WEAK

# fmt: off
NUMBER = {
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
ISSUE_DATE = {
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
DUE_DATE = {
    STRONG: """fälligkeitsdatum|fällig am|fällig bis|zahlbar bis|zahlbar bis zum|zu zahlen bis|
        zahlungsziel|bitte überweisen sie bis zum|bitte zahlen sie bis|due date|payment due date|
        date due|payment due by|payable by|please pay by|please remit until|pay by|échéance|
        date d'échéance|date limite de paiement|à payer avant le|payable le|付款截止日期|付款到期日|
        到期日|到期日期|付款期限|fecha de vencimiento|vencimiento|data scadenza|scadenza|
        data di scadenza|vervaldatum|te betalen voor|uiterste betaaldatum|termin płatności""",
    GOOD: "fälligkeit|fällig|due",
}
DELIVERY_DATE = {
    STRONG: """lieferdatum|leistungsdatum|leistungs-datum|liefer- und leistungsdatum|
        liefer-/leistungsdatum|datum der lieferung|delivery date|date of delivery|date of supply|
        supply date|service date|date de livraison|date de prestation|交货日期|发货日期|
        fecha de entrega|fecha de operación|data di consegna|data consegna|leverdatum|
        leveringsdatum|data dostawy|data sprzedaży|data wykonania usługi""",
}
PO = {
    STRONG: """bestellnummer|bestell-nr|bestellung|bestellung nr|ihre bestellnummer|ihre bestellung|
        bestellnr|auftragsnummer des kunden|bestellreferenz|purchase order|purchase order no|
        purchase order number|po number|po no|p.o. number|p.o. no|po #|po|your order|
        your order no|order number|order no|customer order|n° de commande|n° commande|
        commande n°|bon de commande|votre commande|référence commande|numéro de commande|
        采购订单号|采购订单|订单号|订单编号|número de pedido|nº de pedido|pedido nº|n° pedido|
        numero ordine|ordine n|n. ordine|vostro ordine|bestelnummer|inkoopnummer|ordernummer|
        uw bestelling|numer zamówienia|nr zamówienia|zamówienie nr""",
}
# fmt: on
