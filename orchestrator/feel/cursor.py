"""A place in the tokens of a text, and the names that are known there.

Names may hold spaces and operators (`due date`, `tax+fee`); which sequence of tokens is one name
depends on the names in scope: the longest known name wins, else a single word is taken.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from orchestrator.feel.errors import FeelSyntaxError
from orchestrator.feel.syntax import TypeRef
from orchestrator.feel.tokens import Token, tokenize

SPACED_PROPERTIES = ("time offset", "start included", "end included")


class Cursor:
    def __init__(
        self, text: str, names: Collection[str], types: Mapping[str, TypeRef] | None = None
    ) -> None:
        self.types = types or {}
        self._text, self._tokens, self._at, self._depth = text, tokenize(text), 0, 0
        self._names = {_words(n): n for n in names}
        self._properties = {tuple(n.split()): n for n in SPACED_PROPERTIES}
        self._longest = max((len(k) for k in self._names), default=1)

    def name(self) -> str:
        for length in range(self._longest, 1, -1):
            words = tuple(self.peek(i).text for i in range(length))
            if words in self._names:
                self._at += length
                return self._names[words]
        return self.take().text

    def path_name(self) -> str:
        words = (self.now.text, self.peek(1).text)
        if words in self._properties and words not in self._names:
            self._at += 2
            return self._properties[words]
        return self.name()

    def learn(self, name: str) -> None:
        words = _words(name)
        self._names[words] = name
        self._longest = max(self._longest, len(words))

    def single_names(self) -> set[str]:
        return {words[0] for words in self._names if len(words) == 1}

    @property
    def now(self) -> Token:
        return self._tokens[self._at]

    def peek(self, ahead: int) -> Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def take(self) -> Token:
        token = self.now
        if token.kind == "end":
            raise self.error("Unexpected end")
        self._at += 1
        return token

    def accept(self, text: str) -> bool:
        found = self.now.text == text and self.now.kind in ("symbol", "name")
        self._at += found
        return found

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise self.error(f"Expected {text!r}")

    def end(self) -> None:
        if self.now.kind != "end":
            raise self.error(f"Unexpected {self.now.text!r}")

    def error(self, message: str) -> FeelSyntaxError:
        return FeelSyntaxError(message, self._text, self.now.position)


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    return tuple(t.text for t in tokenize(name)[:-1])
