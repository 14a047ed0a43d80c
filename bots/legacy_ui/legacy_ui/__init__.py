"""Enters invoices into the legacy ERP through its screens, each exactly once."""
