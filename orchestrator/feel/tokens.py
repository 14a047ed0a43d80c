"""Text to tokens. Names with spaces are joined by the parser, which knows the scope."""

import re

from msgspec import Struct

from orchestrator.feel.errors import FeelSyntaxError

MAX_LENGTH = 100_000
_START = r"A-Za-z_?À-ÖØ-öø-˿Ͱ-ͽͿ-῿\u200C\u200D⁰-↏Ⰰ-⿯、-퟿豈-﷏ﷰ-\uFFFD"
_TOKEN = re.compile(
    rf"""
    (?P<space>\s+|//[^\n]*|/\*.*?\*/)
  | (?P<number>\d+(?:\.(?!\.)\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<name>[{_START}][{_START}0-9·]*)
  | (?P<symbol>\*\*|<=|>=|!=|\.\.|->|[-+*/=<>()\[\]{{}},:.@'])
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(Struct, frozen=True):
    kind: str  # number, string, name, symbol, end
    text: str
    position: int


def tokenize(text: str) -> list[Token]:
    """Raises FeelSyntaxError for a character that no token starts with, or too long a text."""
    if len(text) > MAX_LENGTH:
        raise FeelSyntaxError(f"Longer than {MAX_LENGTH} characters", text, MAX_LENGTH)
    tokens, position = [], 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise FeelSyntaxError(f"Unexpected {text[position]!r}", text, position)
        kind = match.lastgroup or ""
        if kind != "space":
            tokens.append(Token(kind, match.group(), position))
        position = match.end()
    return [*tokens, Token("end", "", len(text))]


_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.DOTALL)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}


def unquote(text: str) -> str:
    """The value of a string token."""

    def replace(match: re.Match[str]) -> str:
        code = match.group(1)
        if code[0] in "uU" and len(code) > 1:
            return chr(int(code[1:], 16))
        return _SIMPLE.get(code, match.group())

    value = _ESCAPE.sub(replace, text[1:-1])
    # \uD83D\uDE00 is one character written as a surrogate pair
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
