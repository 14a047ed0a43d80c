"""Recursive descent over the FEEL grammar (DMN 1.5, 10.3.1.2), tokens to syntax tree.

Names may hold spaces and operators (`due date`, `tax+fee`); which sequence of tokens is one name
depends on the names in scope: the longest known name wins, else a single word is taken.
"""

from collections.abc import Callable, Collection
from decimal import Decimal
from functools import lru_cache

from orchestrator.feel import syntax as s
from orchestrator.feel.errors import FeelSyntaxError
from orchestrator.feel.tokens import Token, tokenize, unquote

MAX_DEPTH = 80
KEYWORDS = {"and", "or", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies"}
KEYWORDS |= {"between", "instance", "of", "not", "true", "false", "null", "function"}
CLOSING = (")", "]", ",", "}", "and", "or", "then", "else", "return", "satisfies")
COMPARISONS = ("=", "!=", "<=", ">=", "<", ">")
SPACED_PROPERTIES = ("time offset", "start included", "end included")
SPACED_TYPES = ("date and time", "years and months duration", "days and time duration")


class Parser:
    def __init__(self, text: str, names: Collection[str]) -> None:
        self._text, self._tokens, self._at, self._depth = text, tokenize(text), 0, 0
        self._names = {_words(n): n for n in names}
        self._properties = {tuple(n.split()): n for n in SPACED_PROPERTIES}
        self._longest = max((len(k) for k in self._names), default=1)

    # -- entry points ---------------------------------------------------------------------------

    def whole_expression(self) -> s.Node:
        node = self.expression()
        self._end()
        return node

    def whole_tests(self) -> s.Tests:
        if self._accept("-") and self._now.kind == "end":
            return s.Tests(())
        self._at = 0
        if self._now.text == "not" and self._peek(1).text == "(":
            start = self._at
            self._at += 2
            tests = self._tests()
            if self._accept(")") and self._now.kind == "end":
                return s.Tests(tests, negated=True)
            self._at = start
        tests = self._tests()
        self._end()
        return s.Tests(tests)

    # -- expressions ----------------------------------------------------------------------------

    def expression(self) -> s.Node:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"Nested more than {MAX_DEPTH} deep")
        starters: dict[str, Callable[[], s.Node]] = {
            "if": self._if,
            "for": self._for,
            "some": self._quantified,
            "every": self._quantified,
        }
        start = starters.get(self._now.text) if self._now.kind == "name" else None
        node = start() if start else self._or()
        self._depth -= 1
        return node

    def _or(self) -> s.Node:
        node = self._and()
        while self._accept("or"):
            node = s.Or(node, self._and())
        return node

    def _and(self) -> s.Node:
        node = self._comparison()
        while self._accept("and"):
            node = s.And(node, self._comparison())
        return node

    def _comparison(self) -> s.Node:
        node = self._sum()
        while True:
            if self._now.kind == "symbol" and self._now.text in COMPARISONS:
                node = s.Compare(self._take().text, node, self._sum())
            elif self._accept("between"):
                low = self._sum()
                self._expect("and")
                node = s.Between(node, low, self._sum())
            elif self._accept("in"):
                node = s.In(node, self._in_tests())
            elif self._now.text == "instance" and self._peek(1).text == "of":
                self._at += 2
                node = s.InstanceOf(node, self._type())
            else:
                return node

    def _sum(self) -> s.Node:
        node = self._product()
        while self._now.kind == "symbol" and self._now.text in ("+", "-"):
            node = s.Binary(self._take().text, node, self._product())
        return node

    def _product(self) -> s.Node:
        node = self._power()
        while self._now.kind == "symbol" and self._now.text in ("*", "/"):
            node = s.Binary(self._take().text, node, self._power())
        return node

    def _power(self) -> s.Node:
        node = self._unary()
        while self._accept("**"):
            node = s.Binary("**", node, self._unary())
        return node

    def _unary(self) -> s.Node:
        negative = 0
        while self._accept("-"):
            negative += 1
        node = self._postfix(self._primary())
        return s.Negate(node) if negative % 2 else node

    def _postfix(self, node: s.Node) -> s.Node:
        while True:
            if self._now.text == "." and self._peek(1).kind == "name":
                self._take()
                node = s.Path(node, self._path_name())
            elif self._now.text == "[" and self._filter_follows():
                self._take()
                node = s.Filter(node, self.expression())
                self._expect("]")
            elif self._now.text == "(" and self._now.kind == "symbol":
                node = self._call(node)
            else:
                return node

    def _filter_follows(self) -> bool:
        """Whether `[` opens a filter; else it ends a range, as in `[1..5[`."""
        after = self._peek(1)
        ending = after.kind == "end" or after.text in CLOSING
        return self._now.kind == "symbol" and not (ending and after.kind != "string")

    def _primary(self) -> s.Node:
        token = self._now
        if token.kind == "number":
            return s.Literal(Decimal(self._take().text))
        if token.kind == "string":
            return s.Literal(unquote(self._take().text))
        if token.kind == "symbol":
            return self._bracketed()
        if token.kind == "name":
            return self._word()
        raise self._error("Unexpected end" if token.kind == "end" else f"Unexpected {token.text!r}")

    def _word(self) -> s.Node:
        text = self._now.text
        if text in ("true", "false", "null"):
            self._take()
            return s.Literal({"true": True, "false": False, "null": None}[text])
        if text == "function" and self._peek(1).text == "(":
            return self._function()
        if text == "not" and self._peek(1).text == "(":
            self._take()
            return s.Name("not")
        if text in KEYWORDS and text not in self._single_names():
            raise self._error(f"Unexpected {text!r}")
        return s.Name(self._name())

    def _bracketed(self) -> s.Node:
        opening = self._take().text
        if opening == "@":
            return s.Call(s.Name("@"), (s.Literal(unquote(self._take().text)),))
        if opening == "{":
            return self._context()
        if opening in ("[", "(", "]"):
            return self._list_or_range(opening)
        if opening in COMPARISONS:
            return s.UnaryComparison(opening, self._sum())
        self._at -= 1
        raise self._error(f"Unexpected {opening!r}")

    def _list_or_range(self, opening: str) -> s.Node:
        if opening == "[" and self._accept("]"):
            return s.ListOf(())
        first = self.expression()
        if self._accept(".."):
            high = self.expression()
            closing = self._take().text
            if closing not in ("]", ")", "["):
                raise self._error("A range ends with ], ) or [")
            return s.RangeOf(first, high, opening == "[", closing == "]")
        if opening == "(":
            self._expect(")")
            return _half_range(first)
        items = [first]
        while self._accept(","):
            items.append(self.expression())
        self._expect("]")
        return s.ListOf(tuple(items))

    def _context(self) -> s.Node:
        entries: list[tuple[str, s.Node]] = []
        while not self._accept("}"):
            if entries:
                self._expect(",")
            key = self._key()
            self._expect(":")
            entries.append((key, self.expression()))
            self._learn(key)
        return s.ContextOf(tuple(entries))

    def _key(self) -> str:
        if self._now.kind == "string":
            return unquote(self._take().text)
        start, words = self._now.position, 0
        while self._now.text not in (":", "}") and self._now.kind != "end":
            self._take()
            words += 1
        if not words:
            raise self._error("A context entry needs a name")
        return " ".join(self._text[start : self._now.position].split())

    def _if(self) -> s.Node:
        self._take()
        condition = self.expression()
        self._expect("then")
        then = self.expression()
        self._expect("else")
        return s.If(condition, then, self.expression())

    def _for(self) -> s.Node:
        self._take()
        iterations = self._iterations("return")
        self._learn("partial")
        return s.For(iterations, self.expression())

    def _quantified(self) -> s.Node:
        every = self._take().text == "every"
        iterations = self._iterations("satisfies")
        return s.Quantified(every, iterations, self.expression())

    def _iterations(self, closing: str) -> tuple[s.Iteration, ...]:
        iterations = []
        while True:
            name = self._words_until("in")
            source = self.expression()
            end = self.expression() if self._accept("..") else None
            iterations.append(s.Iteration(name, source, end))
            self._learn(name)
            if self._accept(closing):
                return tuple(iterations)
            self._expect(",")

    def _words_until(self, closing: str) -> str:
        words = []
        while self._now.text != closing:
            if self._now.kind == "end":
                raise self._error(f"Expected {closing!r}")
            words.append(self._take().text)
        self._take()
        return " ".join(words)

    def _function(self) -> s.Node:
        self._at += 2
        parameters: list[str] = []
        while not self._accept(")"):
            if parameters:
                self._expect(",")
            parameters.append(self._take().text)
            if self._accept(":"):
                self._type()
        for name in parameters:
            self._learn(name)
        return s.FunctionDefinition(tuple(parameters), self.expression())

    def _call(self, function: s.Node) -> s.Node:
        self._take()
        arguments: list[s.Node] = []
        names: list[str] = []
        while not self._accept(")"):
            if arguments:
                self._expect(",")
            name = self._argument_name()
            if name:
                names.append(name)
            arguments.append(self.expression())
        return s.Call(function, tuple(arguments), tuple(names))

    def _argument_name(self) -> str:
        """`name:` before an argument, with spaces as in `grouping separator:`."""
        ahead = 0
        while self._peek(ahead).kind == "name":
            ahead += 1
        if not ahead or self._peek(ahead).text != ":":
            return ""
        words = [self._take().text for _ in range(ahead)]
        self._take()
        return " ".join(words)

    def _in_tests(self) -> tuple[s.Node, ...]:
        if self._now.text == "(":
            start = self._at
            self._take()
            tests = self._tests()
            if self._accept(")"):
                return tests
            self._at = start
        return (self._sum(),)

    def _tests(self) -> tuple[s.Node, ...]:
        tests = [self.expression()]
        while self._accept(","):
            tests.append(self.expression())
        return tuple(tests)

    def _type(self) -> s.TypeRef:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._error(f"Nested more than {MAX_DEPTH} deep")
        name = self._type_name()
        arguments: list[s.TypeRef] = []
        entries: list[tuple[str, s.TypeRef]] = []
        if self._accept("<"):
            while not self._accept(">"):
                if arguments or entries:
                    self._expect(",")
                if name == "context":
                    key = self._key()
                    self._expect(":")
                    entries.append((key, self._type()))
                else:
                    arguments.append(self._type())
            if name == "function" and self._accept("->"):
                self._type()
        self._depth -= 1
        return s.TypeRef(name, tuple(arguments), tuple(entries))

    def _type_name(self) -> str:
        for spaced in SPACED_TYPES:
            words = spaced.split()
            if [self._peek(i).text for i in range(len(words))] == words:
                self._at += len(words)
                return spaced
        return self._take().text

    # -- names ----------------------------------------------------------------------------------

    def _name(self) -> str:
        for length in range(self._longest, 1, -1):
            words = tuple(self._peek(i).text for i in range(length))
            if words in self._names:
                self._at += length
                return self._names[words]
        return self._take().text

    def _path_name(self) -> str:
        words = (self._now.text, self._peek(1).text)
        if words in self._properties and words not in self._names:
            self._at += 2
            return self._properties[words]
        return self._name()

    def _learn(self, name: str) -> None:
        words = _words(name)
        self._names[words] = name
        self._longest = max(self._longest, len(words))

    def _single_names(self) -> set[str]:
        return {words[0] for words in self._names if len(words) == 1}

    # -- tokens ---------------------------------------------------------------------------------

    @property
    def _now(self) -> Token:
        return self._tokens[self._at]

    def _peek(self, ahead: int) -> Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def _take(self) -> Token:
        token = self._now
        if token.kind == "end":
            raise self._error("Unexpected end")
        self._at += 1
        return token

    def _accept(self, text: str) -> bool:
        found = self._now.text == text and self._now.kind in ("symbol", "name")
        self._at += found
        return found

    def _expect(self, text: str) -> None:
        if not self._accept(text):
            raise self._error(f"Expected {text!r}")

    def _end(self) -> None:
        if self._now.kind != "end":
            raise self._error(f"Unexpected {self._now.text!r}")

    def _error(self, message: str) -> FeelSyntaxError:
        return FeelSyntaxError(message, self._text, self._now.position)


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
    return tuple(t.text for t in tokenize(name)[:-1])


def _half_range(node: s.Node) -> s.Node:
    """`(<= 10)` is a range without a low end; anything else in parentheses is itself."""
    nothing = s.Literal(None)
    if not isinstance(node, s.UnaryComparison) or node.operator == "!=":
        return node
    if node.operator == "=":
        return s.RangeOf(node.operand, node.operand, True, True)
    closed = node.operator.endswith("=")
    if node.operator.startswith("<"):
        return s.RangeOf(nothing, node.operand, False, closed)
    return s.RangeOf(node.operand, nothing, closed, False)
