"""What names the two parties and their tax numbers."""

from __future__ import annotations

from .strength import STRONG

# fmt: off
SELLER_VAT = {
    STRONG: """ust-id|ust-idnr|ust.-id.-nr|ust-id-nr|ust.-identnr|ust-identnummer|ust-idnummer|
        umsatzsteuer-id|umsatzsteuer-identifikationsnummer|umsatzsteuer-identnummer|
        vat id|vat-id|vat number|vat no|vat registration number|vat reg no|vat reg. no|
        tax id|seller vat id|n° tva|numéro de tva|n° tva intracommunautaire|
        n° de tva intracommunautaire|tva intracommunautaire|n° tva intra|id tva|
        纳税人识别号|税号|统一社会信用代码|nif|cif|n.i.f|nif-iva|partita iva|p. iva|p.iva|
        cod. fiscale e p. iva|btw-nummer|btw nummer|btw-id|btw nr|nip|vat ue""",
}
BUYER_VAT = {
    STRONG: """ihre ust-id|ihre ust-idnr|ihre ust.-identnr|ust-id des kunden|kunden-ust-id|
        customer vat id|customer vat number|customer vat|your vat number|your vat id|
        buyer vat id|client vat|n° tva client|tva client|votre n° tva|购买方税号|
        购方税号|nif cliente|p. iva cliente|btw-nummer klant|nip nabywcy""",
}
SELLER = {
    STRONG: """verkäufer|rechnungsersteller|rechnungssteller|lieferant|verkäuferin|
        leistungserbringer|verkauft von|verkauft durch|rechnung von|seller|supplier|vendor|from|
        sold by|issued by|issuer|seller / exporter|
        exporter|shipper|pay to|service provider|konto / zahlbar an|compte / payable à|
        conto / pagabile a|émetteur|vendu par|
        vendeur|fournisseur|prestataire|销售方|卖方|销方|供应商|开票方|销售方名称|卖方名称|
        vendedor|emisor|proveedor|fornitore|cedente|cedente/prestatore|venditore|mittente|
        leverancier|verkoper|sprzedawca|wystawca""",
}
BUYER = {
    STRONG: """käufer|käufer/leistungsempfänger|leistungsempfänger|rechnungsempfänger|kunde|
        rechnung an|rechnungsadresse|rechnungsanschrift|bauherr|auftraggeber|billing address|
        credit to|invoice address|spett.le|spettabile|buyer|bill to|billed to|invoice to|
        customer|client|sold to|sold-to party|invoiced to|
        zahlbar durch|payable par|pagabile da|bill-to party|consignee|
        destinataire|acheteur|facturé à|adressé à|adresse de facturation|
        购买方|买方|购方|客户|购买方名称|买方名称|客户名称|comprador|cliente|facturar a|
        destinatario|cessionario|cessionario/committente|acquirente|klant|koper|afnemer|
        factuuradres|nabywca""",
}
PARTY_NAME = {
    STRONG: """name|firma|firmenname|company|nom|raison sociale|名称|公司名称|nombre|nome|naam|
        nazwa"""
}
# fmt: on
