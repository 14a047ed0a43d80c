"""Invoices that are data: XML inside a PDF, or a file of its own."""

from .parsing import EInvoice, attached_to, parse, read_root

__all__ = ["EInvoice", "attached_to", "parse", "read_root"]
