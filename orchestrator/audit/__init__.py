"""Floor 5: the record of who did what, written in the transaction that does it."""

from orchestrator.audit.reading import head, read, verify
from orchestrator.audit.writing import append, erase
from orchestrator.ledger import Break

__all__ = ["Break", "append", "erase", "head", "read", "verify"]
