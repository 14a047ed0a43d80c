"""Which invoices get a second look: by lot, so that nobody can foresee or choose them."""

import hashlib
import hmac
from typing import Final

_BITS: Final = 64


def drawn(secret: bytes, invoice: int, share: float) -> bool:
    """Whether the invoice (the key of its process instance) is one of the `share`.

    Its lot is the keyed hash of the key, which was given before anything was read: nothing about
    the invoice can change it, nobody without `secret` can know it, and whoever has it can
    check afterwards that no lot was passed over.
    """
    mac = hmac.new(secret, str(invoice).encode(), hashlib.sha256).digest()
    return int.from_bytes(mac[: _BITS // 8], "big") < share * float(1 << _BITS)
