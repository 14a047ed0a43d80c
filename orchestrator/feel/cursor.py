"""A place in the tokens of a text, and the names that are known there.

Names may hold spaces and operators (`due date`, `tax+fee`); which sequence of tokens is one name
depends on the names in scope: the longest known name wins, else a single word is taken.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache

from orchestrator.feel.errors import FeelSyntaxError
from orchestrator.feel.syntax import TypeRef
from orchestrator.feel.tokens import Token, tokenize

SPACED_PROPERTIES = {("time", "offset"), ("start", "included"), ("end", "included")}


class Vocabulary:
    """Names of several words, or of one that may be a keyword, by their first word."""

    def __init__(self, names: Collection[str], base: "Vocabulary | None" = None) -> None:
        self._by_first: dict[str, Mapping[tuple[str, ...], str]]
        self._by_first = dict(base._by_first) if base else {}
        for name in names:
            self.learn(name)

    def learn(self, name: str) -> None:
        words = _words(name)
        if words:
            known = {**self._by_first.get(words[0], {}), words: name}
            longest_first = sorted(known.items(), key=lambda entry: -len(entry[0]))
            self._by_first[words[0]] = dict(longest_first)

    def starting(self, word: str) -> Mapping[tuple[str, ...], str]:
        """Words and name of each, the longest first."""
        return self._by_first.get(word, _NONE)

    def __contains__(self, words: tuple[str, ...]) -> bool:
        return words in self.starting(words[0])


_NONE: Mapping[tuple[str, ...], str] = {}


class Cursor:
    def __init__(
        self, text: str, names: Vocabulary, types: Mapping[str, TypeRef] | None = None
    ) -> None:
        self.types = types or {}
        self._text, self._tokens, self._names, self._depth = text, tokenize(text), names, 0
        self.move(0)

    def move(self, to: int) -> None:
        self._at, self.now = to, self._tokens[to]

    def name(self) -> str:
        for words, name in self._names.starting(self.now.text).items():
            if all(self.peek(i).text == word for i, word in enumerate(words)):
                self.move(self._at + len(words))
                return name
        return self.take().text

    def path_name(self) -> str:
        words = (self.now.text, self.peek(1).text)
        if words in SPACED_PROPERTIES and words not in self._names:
            self.move(self._at + 2)
            return " ".join(words)
        return self.name()

    def learn(self, name: str) -> None:
        self._names.learn(name)

    def knows(self, word: str) -> bool:
        """Whether a name is this word alone."""
        return (word,) in self._names

    def peek(self, ahead: int) -> Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def take(self) -> Token:
        token = self.now
        if token.kind == "end":
            raise self.error("Unexpected end")
        self.move(self._at + 1)
        return token

    def accept(self, text: str) -> bool:
        """Whether the next token is this symbol or word; it is taken then. (The texts of strings
        have their quotes.)"""
        if self.now.text != text:
            return False
        self.move(self._at + 1)
        return True

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
