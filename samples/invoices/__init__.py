"""The sample invoices of the invoice_to_pay flow: drawn by script, with expected outcomes."""
