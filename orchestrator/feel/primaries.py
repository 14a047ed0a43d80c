"""What expressions are made of: literals, brackets, and the forms that begin with a keyword."""

from abc import ABC, abstractmethod
from decimal import Decimal

from orchestrator.feel import syntax as s
from orchestrator.feel.cursor import Cursor
from orchestrator.feel.tokens import unquote

MAX_DEPTH = 80
KEYWORDS = {"and", "or", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies"}
KEYWORDS |= {"between", "instance", "of", "not", "true", "false", "null", "function"}
COMPARISONS = ("=", "!=", "<=", ">=", "<", ">")
COMPARISON, SUM, POWER = 3, 4, 6
LEVELS = {
    "or": 1, "and": 2, **dict.fromkeys((*COMPARISONS, "between", "in", "instance"), COMPARISON),
    "+": SUM, "-": SUM, "*": 5, "/": 5, "**": POWER,
}  # fmt: skip
"""How tightly an operator binds; those of one level from left to right."""
SPACED_TYPES = ("date and time", "years and months duration", "days and time duration")


class Primaries(Cursor, ABC):
    @abstractmethod
    def expression(self) -> s.Node: ...

    @abstractmethod
    def operation(self, level: int) -> s.Node: ...

    def _primary(self) -> s.Node:
        token = self.now
        if token.kind == "number":
            return s.Literal(Decimal(self.take().text))
        if token.kind == "string":
            return s.Literal(unquote(self.take().text))
        if token.kind == "symbol":
            return self._bracketed()
        if token.kind == "name":
            return self._word()
        raise self.error("Unexpected end" if token.kind == "end" else f"Unexpected {token.text!r}")

    def _word(self) -> s.Node:
        text = self.now.text
        if text in ("true", "false", "null"):
            self.take()
            return s.Literal({"true": True, "false": False, "null": None}[text])
        if text == "function" and self.peek(1).text == "(":
            return self._function()
        if text == "not" and self.peek(1).text == "(":
            self.take()
            return s.Name("not")
        if text in KEYWORDS and not self.knows(text):
            raise self.error(f"Unexpected {text!r}")
        return s.Name(self.name())

    def _bracketed(self) -> s.Node:
        opening = self.take().text
        if opening == "@":
            return s.Call(s.Name("@"), (s.Literal(unquote(self.take().text)),))
        if opening == "{":
            return self._context()
        if opening in ("[", "(", "]"):
            return self._list_or_range(opening)
        if opening in COMPARISONS:
            return s.UnaryComparison(opening, self.operation(SUM))
        self.move(self._at - 1)
        raise self.error(f"Unexpected {opening!r}")

    def _list_or_range(self, opening: str) -> s.Node:
        if opening == "[" and self.accept("]"):
            return s.ListOf(())
        first = self.expression()
        if self.accept(".."):
            high = self.expression()
            closing = self.take().text
            if closing not in ("]", ")", "["):
                raise self.error("A range ends with ], ) or [")
            return s.RangeOf(first, high, opening == "[", closing == "]")
        if opening == "(":
            self.expect(")")
            return _half_range(first)
        items = [first]
        while self.accept(","):
            items.append(self.expression())
        self.expect("]")
        return s.ListOf(tuple(items))

    def _context(self) -> s.Node:
        entries: list[tuple[str, s.Node]] = []
        while not self.accept("}"):
            if entries:
                self.expect(",")
            key = self._key()
            self.expect(":")
            entries.append((key, self.expression()))
            self.learn(key)
        return s.ContextOf(tuple(entries))

    def _key(self) -> str:
        if self.now.kind == "string":
            return unquote(self.take().text)
        start, words = self.now.position, 0
        while self.now.text not in (":", "}") and self.now.kind != "end":
            self.take()
            words += 1
        if not words:
            raise self.error("A context entry needs a name")
        return " ".join(self._text[start : self.now.position].split())

    def _if(self) -> s.Node:
        self.take()
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return s.If(condition, then, self.expression())

    def _for(self) -> s.Node:
        self.take()
        iterations = self._iterations("return")
        self.learn("partial")
        return s.For(iterations, self.expression())

    def _quantified(self) -> s.Node:
        every = self.take().text == "every"
        iterations = self._iterations("satisfies")
        return s.Quantified(every, iterations, self.expression())

    def _iterations(self, closing: str) -> tuple[s.Iteration, ...]:
        iterations = []
        while True:
            name = self._words_until("in")
            source = self.expression()
            end = self.expression() if self.accept("..") else None
            iterations.append(s.Iteration(name, source, end))
            self.learn(name)
            if self.accept(closing):
                return tuple(iterations)
            self.expect(",")

    def _words_until(self, closing: str) -> str:
        words = []
        while self.now.text != closing:
            if self.now.kind == "end":
                raise self.error(f"Expected {closing!r}")
            words.append(self.take().text)
        self.take()
        return " ".join(words)

    def _function(self) -> s.Node:
        self.move(self._at + 2)
        parameters: list[str] = []
        types: list[s.TypeRef | None] = []
        while not self.accept(")"):
            if parameters:
                self.expect(",")
            parameters.append(self.take().text)
            types.append(self._type() if self.accept(":") else None)
        for name in parameters:
            self.learn(name)
        return s.FunctionDefinition(tuple(parameters), self.expression(), tuple(types))

    def _type(self) -> s.TypeRef:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.error(f"Nested more than {MAX_DEPTH} deep")
        name = self._type_name()
        if name in self.types:
            self._depth -= 1
            return self.types[name]
        arguments: list[s.TypeRef] = []
        entries: list[tuple[str, s.TypeRef]] = []
        if self.accept("<"):
            while not self.accept(">"):
                if arguments or entries:
                    self.expect(",")
                if name == "context":
                    key = self._key()
                    self.expect(":")
                    entries.append((key, self._type()))
                else:
                    arguments.append(self._type())
            if name == "function" and self.accept("->"):
                self._type()
        self._depth -= 1
        return s.TypeRef(name, tuple(arguments), tuple(entries))

    def _type_name(self) -> str:
        for spaced in SPACED_TYPES:
            words = spaced.split()
            if [self.peek(i).text for i in range(len(words))] == words:
                self.move(self._at + len(words))
                return spaced
        return self.take().text


def _half_range(node: s.Node) -> s.Node:
    """`(<= 10)` is a range without a low end; anything else in parentheses is itself."""
    nothing = s.Literal(None)
    if not isinstance(node, s.UnaryComparison) or node.operator == "!=":
        return node
    if node.operator == "=":
        return s.RangeOf(node.operand, node.operand, True, True)
    closed = node.operator.endswith("=")
    if node.operator.startswith("<"):
        return s.RangeOf(nothing, node.operand, False, closed, True)
    return s.RangeOf(node.operand, nothing, closed, False, True)
