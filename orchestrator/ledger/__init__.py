"""Floor 3: the hash chain and its verification. Pure."""

from orchestrator.ledger.canonical import canonical, digest, plain
from orchestrator.ledger.chain import GENESIS, Break, Line, line_digest, link, verify

__all__ = [
    "GENESIS",
    "Break",
    "Line",
    "canonical",
    "digest",
    "line_digest",
    "link",
    "plain",
    "verify",
]
