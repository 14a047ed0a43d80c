"""Passwords are kept as argon2id hashes."""

import hashlib
import hmac
import secrets
from functools import cache
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from orchestrator.kernel.errors import InvalidInput

SHORTEST, LONGEST = 8, 256
_hasher = PasswordHasher()


def hashed(password: str) -> str:
    """Raises `InvalidInput` for a password that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InvalidInput(f"a password has {SHORTEST} to {LONGEST} characters")
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the one hashed. With no hash (no such user) it takes as long and
    is False: who asks does not learn which names exist."""
    try:
        fits = _hasher.verify(password_hash or _nobodys_hash(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return fits and password_hash is not None


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe())


class Remembered:
    """Credentials that were right, so that a client that sends them with every request does not
    cost a slow hash each time. Keeps only keyed digests; a changed password is forgotten because
    its hash is part of the digest."""

    SIZE = 1000

    def __init__(self) -> None:
        self._secret, self._known, self._lock = secrets.token_bytes(32), dict[bytes, None](), Lock()

    def matches(self, password_hash: str | None, password: str) -> bool:
        digest = self._digest(password_hash, password)
        if password_hash is not None and digest in self._known:
            return True
        right = matches(password_hash, password)
        if right:
            self._remember(digest)
        return right

    def _digest(self, password_hash: str | None, password: str) -> bytes:
        text = f"{password_hash}\0{password}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, text, hashlib.sha256).digest()

    def _remember(self, digest: bytes) -> None:
        with self._lock:
            if len(self._known) >= self.SIZE:
                self._known.clear()
            self._known[digest] = None
