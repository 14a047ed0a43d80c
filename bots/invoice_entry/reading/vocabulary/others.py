"""What names nothing that is read, listed so that it wins over a shorter label in it."""

from __future__ import annotations

from .strength import STRONG

# fmt: off
OTHER = {
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
        total savings|imposta di bollo|marca da bollo|bollo|droit de timbre|stamp duty|
        stempelsteuer|timbre fiscal|tax rate|tax reg|mwst-satz|ust-satz|mwst-nr|taxable|
        bestellung vom|auftrag vom|lieferung vom|date paid|paid on|payment date|date of payment|
        next invoice date|next billing date|next payment date|nächste rechnung|last payment|
        vertragskonto|vertragskontonummer|buchungskonto|zählernummer|mandatsreferenz|account no|
        order placed|order date|fecha del pedido|data ordine|data dell'ordine|besteldatum|
        orderdatum|data zamówienia|company number|registration number|kvk|meter number""",
}
# fmt: on
