"""Secrets are not seen in what a run prints and leaves behind."""

import re
from collections.abc import Mapping

MASK = "***"
# A shorter one is a word: masking it would tear files apart and guard nothing.
SHORTEST_IN_FILES = 8
_SECRET = re.compile(r"PASSW(OR)?D|TOKEN|SECRET|CREDENTIAL|API_?KEY")
_PLACE = re.compile(r"_(HOST|URL)(_V\d+)?$")


class Mask:
    """Knows a secret by the name of the variable that holds it."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        values = {
            line
            for name, value in variables.items()
            if _SECRET.search(name.upper()) and not _PLACE.search(name.upper())
            for line in value.splitlines()  # a key file is printed line by line
            if line.strip()
        }
        self._values = sorted(values, key=len, reverse=True)  # one may be part of another

    def text(self, text: str) -> str:
        for value in self._values:
            text = text.replace(value, MASK)
        return text

    def data(self, data: bytes) -> bytes:
        """Of a file of whatever kind: a long secret is not in it by chance."""
        for value in self._values:
            if len(value) >= SHORTEST_IN_FILES:
                data = data.replace(value.encode(), MASK.encode())
        return data
