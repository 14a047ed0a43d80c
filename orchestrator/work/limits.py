"""What a payload may be."""

import json
from typing import Any

from orchestrator.kernel.errors import InvalidInput, TooLarge

LIMIT = 8 * 1024 * 1024
"""Largest payload as JSON text, in characters; what is larger belongs in a file."""


def check_payload(payload: Any) -> None:
    """Raises `InvalidInput` for what a JSON column cannot hold, `TooLarge` over the limit."""
    try:
        text = json.dumps(payload, allow_nan=False, ensure_ascii=False)
        text.encode()
    except (TypeError, ValueError) as error:
        raise InvalidInput(f"the payload is not JSON: {error}") from error
    if "\\u0000" in text.replace("\\\\", ""):  # an escaped backslash begins no escape
        raise InvalidInput("the payload has a text with a NUL character")
    if len(text) > LIMIT:
        raise TooLarge(f"the payload has {len(text)} characters of JSON; {LIMIT} are allowed")
