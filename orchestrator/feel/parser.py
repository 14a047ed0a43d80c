"""Recursive descent over the FEEL grammar (DMN 1.5, 10.3.1.2), tokens to syntax tree."""

from collections.abc import Callable

from orchestrator.feel import syntax as s
from orchestrator.feel.primaries import COMPARISON, LEVELS, MAX_DEPTH, POWER, SUM, Primaries

CLOSING = (")", "]", ",", "}", "and", "or", "then", "else", "return", "satisfies")
_POSTFIXES = frozenset({".", "[", "("})


class Parser(Primaries):
    def whole_expression(self) -> s.Node:
        node = self.expression()
        self.end()
        return node

    def whole_tests(self) -> s.Tests:
        if self.accept("-") and self.now.kind == "end":
            return s.Tests(())
        self.move(0)
        if self.now.text == "not" and self.peek(1).text == "(":
            start = self._at
            self.move(self._at + 2)
            tests = self._tests()
            if self.accept(")") and self.now.kind == "end":
                return s.Tests(tests, negated=True)
            self.move(start)
        tests = self._tests()
        self.end()
        return s.Tests(tests)

    def expression(self) -> s.Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.error(f"Nested more than {MAX_DEPTH} deep")
        begin = _BEGINNINGS.get(self.now.text)
        node = begin(self) if begin else self.operation(1)
        self._depth -= 1
        return node

    def operation(self, level: int) -> s.Node:
        """Operands joined by operators that bind at least as tightly as `level`."""
        node, last = self._unary(), POWER
        while level <= (found := LEVELS.get(self.now.text, 0)) <= last:
            if self.now.text == "instance" and self.peek(1).text != "of":
                break
            node, last = self._joined(node, self.take().text, found), found
        return node

    def _joined(self, left: s.Node, operator: str, level: int) -> s.Node:
        if level > COMPARISON:
            return s.Binary(operator, left, self.operation(level + 1))
        if operator == "or":
            return s.Or(left, self.operation(level + 1))
        if operator == "and":
            return s.And(left, self.operation(level + 1))
        if operator == "between":
            low = self.operation(SUM)
            self.expect("and")
            return s.Between(left, low, self.operation(SUM))
        if operator == "in":
            return s.In(left, self._in_tests())
        if operator == "instance":
            self.expect("of")
            return s.InstanceOf(left, self._type())
        return s.Compare(operator, left, self.operation(SUM))

    def _unary(self) -> s.Node:
        negative = 0
        while self.accept("-"):
            negative += 1
        node = self._postfix(self._primary())
        return s.Negate(node) if negative % 2 else node

    def _postfix(self, node: s.Node) -> s.Node:
        while (text := self.now.text) in _POSTFIXES:
            if text == "(":
                node = self._call(node)
            elif text == "." and self.peek(1).kind == "name":
                self.take()
                node = s.Path(node, self.path_name())
            elif text == "[" and self._filter_follows():
                self.take()
                node = s.Filter(node, self.expression())
                self.expect("]")
            else:
                break
        return node

    def _filter_follows(self) -> bool:
        """Whether `[` opens a filter; else it ends a range, as in `[1..5[`."""
        after = self.peek(1)
        ending = after.kind == "end" or after.text in CLOSING
        return not (ending and after.kind != "string")

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
            self.move(start)
        return (self.operation(SUM),)

    def _tests(self) -> tuple[s.Node, ...]:
        tests = [self.expression()]
        while self.accept(","):
            tests.append(self.expression())
        return tuple(tests)


_BEGINNINGS: dict[str, Callable[[Parser], s.Node]] = {
    "if": Parser._if,
    "for": Parser._for,
    "some": Parser._quantified,
    "every": Parser._quantified,
}
