"""Regular expressions as XPath writes them (DMN 1.5, 10.3.4.3; XPath Functions 3.1, 5.6.1)."""

from functools import lru_cache

import regex
from msgspec import Struct

from orchestrator.feel.operators import NotApplicable

MAX_PATTERN = 1000
SECONDS = 1.0
"""The longest that one match may take."""
MAX_ATTEMPTS = 100_000
"""As many are made in some milliseconds."""
_FLAGS = {"i": regex.IGNORECASE, "s": regex.DOTALL, "m": regex.MULTILINE, "x": 0, "q": 0}


class Pattern(Struct, frozen=True):
    """`degree`: to which power of a text's length the time for a search may grow; None where it
    is not known."""

    regex: regex.Pattern[str]
    degree: int | None

    def limit(self, text: str) -> float | None:
        """The seconds that a match may take; none where it cannot take long, since looking at the
        time takes longer than most matches."""
        degree = self.degree
        short = degree is not None and (len(text) + 1) ** degree <= MAX_ATTEMPTS
        return None if short else SECONDS


@lru_cache(maxsize=1024)
def compiled(pattern: object, flags: object) -> Pattern:
    """Raises NotApplicable for what is no pattern, TypeError for no text."""
    if not isinstance(pattern, str) or not isinstance(flags, str):
        raise TypeError
    if len(pattern) > MAX_PATTERN:
        raise NotApplicable("pattern is too long")
    mode = regex.VERSION1
    for flag in flags:
        if flag not in _FLAGS:
            raise NotApplicable(f"no flag {flag!r}")
        mode |= _FLAGS[flag]
    try:
        text = regex.escape(pattern) if "q" in flags else _translated(pattern, flags)
        return Pattern(regex.compile(text, mode), _degree(text))
    except (regex.error, OverflowError) as error:
        raise NotApplicable(f"bad pattern: {error}") from error


def _degree(text: str) -> int | None:
    """One for where a match begins and one for each repetition, as long as no group may repeat
    what is repeated in it."""
    return None if "(" in text else 1 + sum(map(text.count, "*+?{"))


def _translated(pattern: str, flags: str) -> str:
    """In the dialect of `regex`, which differs in what `.` and `$` mean and in set subtraction."""
    made, depth, at = [], 0, 0
    pattern = _squeezed(pattern) if "x" in flags else pattern
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            made.append(_escape(pattern, at, inside=depth > 0))
            at = _escape_end(pattern, at)
            continue
        if char == "[":
            subtracts = depth > 0 and at > 0 and pattern[at - 1] == "-"
            made.append("-[" if subtracts else "[")
            depth += 1
        elif char == "]":
            made.append("]")
            depth -= 1
        else:
            made.append(char if depth else _outside(char, flags))
        at += 1
    return "".join(made)


def _outside(char: str, flags: str) -> str:
    if char == "." and "s" not in flags:
        return r"[^\n\r]"
    if char == "$" and "m" not in flags:
        return r"\Z"
    return char


def _escape(pattern: str, at: int, *, inside: bool) -> str:
    found = pattern[at : _escape_end(pattern, at)]
    if inside and found[1:].isdigit():
        raise NotApplicable("a back reference cannot stand in a character class")
    # Blocks are called In..., which XPath calls Is...
    return found.replace("{Is", "{In", 1) if found[1:2] in ("p", "P") else found


def _escape_end(pattern: str, at: int) -> int:
    if pattern[at + 1 : at + 2] in ("p", "P") and pattern[at + 2 : at + 3] == "{":
        end = pattern.find("}", at)
        return len(pattern) if end < 0 else end + 1
    return at + 2


def _squeezed(pattern: str) -> str:
    """Without white space, save in character classes."""
    made, depth, escaped = [], 0, False
    for char in pattern:
        if char.isspace() and depth == 0:
            continue
        depth += (char == "[") - (char == "]") if not escaped else 0
        escaped = char == "\\" and not escaped
        made.append(char)
    return "".join(made)
