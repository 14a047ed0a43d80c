"""Signed, short-lived links to files: who has the link may fetch or bring that one file."""

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from orchestrator.kernel.errors import Forbidden

LIFE = timedelta(minutes=15)


class Signer:
    """Signs claims with a secret key. A link of one `use` is refused for another."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def sign(
        self, use: str, claims: Mapping[str, Any], now: datetime, life: timedelta = LIFE
    ) -> str:
        """A token that says `claims` for as long as `life`."""
        expires = int((now + life).timestamp())
        body = json.dumps({"use": use, "exp": expires, **claims}, separators=(",", ":"))
        return f"{_text(body.encode())}.{_text(self._mac(body.encode()))}"

    def read(self, use: str, token: str, now: datetime) -> dict[str, Any]:
        """The claims. Raises `Forbidden` (link.invalid) when it was not signed here, was signed
        for something else, or has expired."""
        try:
            body, mac = (_bytes(part) for part in token.split("."))
        except (ValueError, binascii.Error) as error:
            raise _invalid() from error
        if not hmac.compare_digest(mac, self._mac(body)):
            raise _invalid()
        claims: dict[str, Any] = json.loads(body)
        if claims["use"] != use or claims["exp"] < now.timestamp():
            raise _invalid()
        return claims

    def _mac(self, body: bytes) -> bytes:
        return hmac.new(self._secret, body, hashlib.sha256).digest()


def secret_from(file: Path) -> bytes:
    """The key in `file`, which is made when it is missing, readable by its owner alone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(file.read_text())
    with os.fdopen(descriptor, "w") as new:
        new.write(secrets.token_hex(32))
    return bytes.fromhex(file.read_text())


def _invalid() -> Forbidden:
    return Forbidden("this link is not valid (any more)", code="link.invalid")


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
