"""The simple JUEL that people write in Camunda 7 models, as FEEL (JSR 341, chapter 1)."""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")"
    r"|(?P<name>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)"
    r"|(?P<operator>&&|\|\||==|!=|<=|>=|[<>!?:+\-*/%()\[\],]))"
)
_WHOLE = re.compile(r"\s*[$#]\{(?P<inside>.*)\}\s*", re.DOTALL)
_WORDS = {"and": "&&", "or": "||", "not": "!", "eq": "==", "ne": "!=", "lt": "<", "gt": ">",
          "le": "<=", "ge": ">=", "div": "/", "mod": "%"}  # fmt: skip
_LEVELS: tuple[dict[str, str], ...] = (
    {"||": "or"},
    {"&&": "and"},
    {"==": "=", "!=": "!="},
    {"<": "<", ">": ">", "<=": "<=", ">=": ">="},
    {"+": "+", "-": "-"},
    {"*": "*", "/": "/", "%": "%"},
)


class NotSimple(Exception):
    """An expression with no plain meaning in FEEL, such as a call of a Java method."""


def is_juel(text: str) -> bool:
    return "${" in text or "#{" in text


def to_feel(text: str) -> str:
    """`${a == 'b'}` as `= a = "b"`; text around `${}` is joined to it. Raises NotSimple."""
    whole = _WHOLE.fullmatch(text)
    if whole and "${" not in whole["inside"] and "#{" not in whole["inside"]:
        return f"= {_translated(whole['inside'])}"
    parts = re.split(r"[$#]\{([^}]*)\}", text)
    pieces = [quoted(p) if n % 2 == 0 else f"string({_translated(p)})"
              for n, p in enumerate(parts) if p or n % 2]  # fmt: skip
    return f"= {' + '.join(pieces)}"


def quoted(text: str) -> str:
    """A text as a FEEL literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _translated(text: str) -> str:
    reader = _Reader(_tokens(text))
    found = reader.ternary()
    if reader.peek():
        raise NotSimple(text)
    return found


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise NotSimple(text)
        kind, value = match.lastgroup, match[match.lastgroup]
        if kind == "name" and value in _WORDS:
            kind, value = "operator", _WORDS[value]
        found.append((kind, value))
        at = match.end()
    return found


@dataclass
class _Reader:
    tokens: list[tuple[str, str]]
    at: int = 0

    def peek(self) -> str:
        """The next operator or word, empty at the end."""
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self, value: str) -> bool:
        if self.peek() != value:
            return False
        self.at += 1
        return True

    def need(self, value: str) -> None:
        if not self.take(value):
            raise NotSimple(f"expected {value}")

    def ternary(self) -> str:
        condition = self.binary(0)
        if not self.take("?"):
            return condition
        yes = self.ternary()
        self.need(":")
        return f"(if {condition} then {yes} else {self.ternary()})"

    def binary(self, level: int) -> str:
        if level == len(_LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.peek() in _LEVELS[level] and self.tokens[self.at][0] == "operator":
            operator = _LEVELS[level][self.tokens[self.at][1]]
            self.at += 1
            right = self.binary(level + 1)
            left = f"modulo({left}, {right})" if operator == "%" else f"{left} {operator} {right}"
        return left

    def unary(self) -> str:
        if self.take("!"):
            return f"not({self.unary()})"
        if self.take("-"):
            return f"-{self.unary()}"
        if self.take("empty"):
            value = self.unary()
            return f'({value} = null or {value} = "" or {value} = [])'
        return self.primary()

    def primary(self) -> str:
        if self.take("("):
            inside = self.ternary()
            self.need(")")
            return f"({inside})"
        if self.at == len(self.tokens) or self.tokens[self.at][0] == "operator":
            raise NotSimple("an operand is missing")
        kind, value = self.tokens[self.at]
        self.at += 1
        if self.peek() in ("(", "["):
            raise NotSimple(f"{value}{self.peek()}")
        return quoted(value[1:-1].replace("\\'", "'")) if kind == "string" else value
