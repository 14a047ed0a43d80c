"""When to try again."""

import hashlib
from datetime import datetime, timedelta

FIRST = timedelta(seconds=2)
FACTOR = 3.0
LONGEST = timedelta(minutes=10)
JITTER = 0.25


def retry_at(now: datetime, key: int, attempts: int) -> datetime:
    """The earliest next try after `attempts` failed ones: 2 s, 6 s, 18 s ... up to 10 minutes,
    each up to a quarter longer so that what failed together does not come back together. The
    jitter comes from the item's key: the same question has the same answer."""
    wait = min(FIRST * FACTOR ** min(attempts - 1, 10), LONGEST)
    seed = hashlib.sha256(f"{key}/{attempts}".encode()).digest()[:4]
    return now + wait * (1 + JITTER * int.from_bytes(seed, "big") / 2**32)
