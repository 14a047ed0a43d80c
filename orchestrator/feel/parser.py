"""Recursive descent over the FEEL grammar (DMN 1.5, 10.3.1.2), tokens to syntax tree."""

from collections.abc import Callable

from orchestrator.feel import syntax as s
from orchestrator.feel.primaries import COMPARISONS, MAX_DEPTH, Primaries

CLOSING = (")", "]", ",", "}", "and", "or", "then", "else", "return", "satisfies")


class Parser(Primaries):
    def whole_expression(self) -> s.Node:
        node = self.expression()
        self.end()
        return node

    def whole_tests(self) -> s.Tests:
        if self.accept("-") and self.now.kind == "end":
            return s.Tests(())
        self._at = 0
        if self.now.text == "not" and self.peek(1).text == "(":
            start = self._at
            self._at += 2
            tests = self._tests()
            if self.accept(")") and self.now.kind == "end":
                return s.Tests(tests, negated=True)
            self._at = start
        tests = self._tests()
        self.end()
        return s.Tests(tests)

    def expression(self) -> s.Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.error(f"Nested more than {MAX_DEPTH} deep")
        starters: dict[str, Callable[[], s.Node]] = {
            "if": self._if,
            "for": self._for,
            "some": self._quantified,
            "every": self._quantified,
        }
        start = starters.get(self.now.text) if self.now.kind == "name" else None
        node = start() if start else self._or()
        self._depth -= 1
        return node

    def _or(self) -> s.Node:
        node = self._and()
        while self.accept("or"):
            node = s.Or(node, self._and())
        return node

    def _and(self) -> s.Node:
        node = self._comparison()
        while self.accept("and"):
            node = s.And(node, self._comparison())
        return node

    def _comparison(self) -> s.Node:
        node = self._sum()
        while True:
            if self.now.kind == "symbol" and self.now.text in COMPARISONS:
                node = s.Compare(self.take().text, node, self._sum())
            elif self.accept("between"):
                low = self._sum()
                self.expect("and")
                node = s.Between(node, low, self._sum())
            elif self.accept("in"):
                node = s.In(node, self._in_tests())
            elif self.now.text == "instance" and self.peek(1).text == "of":
                self._at += 2
                node = s.InstanceOf(node, self._type())
            else:
                return node

    def _sum(self) -> s.Node:
        node = self._product()
        while self.now.kind == "symbol" and self.now.text in ("+", "-"):
            node = s.Binary(self.take().text, node, self._product())
        return node

    def _product(self) -> s.Node:
        node = self._power()
        while self.now.kind == "symbol" and self.now.text in ("*", "/"):
            node = s.Binary(self.take().text, node, self._power())
        return node

    def _power(self) -> s.Node:
        node = self._unary()
        while self.accept("**"):
            node = s.Binary("**", node, self._unary())
        return node

    def _unary(self) -> s.Node:
        negative = 0
        while self.accept("-"):
            negative += 1
        node = self._postfix(self._primary())
        return s.Negate(node) if negative % 2 else node

    def _postfix(self, node: s.Node) -> s.Node:
        while True:
            if self.now.text == "." and self.peek(1).kind == "name":
                self.take()
                node = s.Path(node, self.path_name())
            elif self.now.text == "[" and self._filter_follows():
                self.take()
                node = s.Filter(node, self.expression())
                self.expect("]")
            elif self.now.text == "(" and self.now.kind == "symbol":
                node = self._call(node)
            else:
                return node

    def _filter_follows(self) -> bool:
        """Whether `[` opens a filter; else it ends a range, as in `[1..5[`."""
        after = self.peek(1)
        ending = after.kind == "end" or after.text in CLOSING
        return self.now.kind == "symbol" and not (ending and after.kind != "string")

    def _call(self, function: s.Node) -> s.Node:
        self.take()
        arguments: list[s.Node] = []
        names: list[str] = []
        while not self.accept(")"):
            if arguments:
                self.expect(",")
            name = self._argument_name()
            if name:
                names.append(name)
            arguments.append(self.expression())
        return s.Call(function, tuple(arguments), tuple(names))

    def _argument_name(self) -> str:
        """`name:` before an argument, with spaces as in `grouping separator:`."""
        ahead = 0
        while self.peek(ahead).kind == "name":
            ahead += 1
        if not ahead or self.peek(ahead).text != ":":
            return ""
        words = [self.take().text for _ in range(ahead)]
        self.take()
        return " ".join(words)

    def _in_tests(self) -> tuple[s.Node, ...]:
        if self.now.text == "(":
            start = self._at
            self.take()
            tests = self._tests()
            if self.accept(")"):
                return tests
            self._at = start
        return (self._sum(),)

    def _tests(self) -> tuple[s.Node, ...]:
        tests = [self.expression()]
        while self.accept(","):
            tests.append(self.expression())
        return tuple(tests)
