"""The sentences that the server, agents and bots can say, read from their source.

A sentence is what an error or a function of `SAYS` is given as its message: a text, or an
f-string whose values are holes (`{}`). Whoever hands on a message that it was given says it too.
A name stands for all that its function assigns to it, a call for all that the called function
returns. What else is said, such as `str(error)`, is a hole: that text is a sentence of its own.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOLE = "{}"
SAYS: Mapping[str, int] = {
    "Finding": 2,
    "Failed": 1,
    "warn": 1,
    "WorkException": 2,
    "Ending": 2,
    "__init__": 0,
}
"""What says something without being an error, and which argument says it."""
ERRORS = ("Exception", "BusinessException", "ApplicationException")
PARTS = {"message", "failure", "violation", "what", "why", "words", "reason"}
"""Names and parameters that hold a part of a sentence, which is told by itself."""
UNHEARD = (
    "/migrations/",
    "/cli/",
    "/cli.py",
    "/console/",
    "/evaluate/",
    "/tests/",
    "orchestrator/store/backup.py",
    "orchestrator/store/embedded.py",
    "agent/robot_yaml.py",
)
"""What the console never shows: the command's, or told by code as the agents' own problems are."""

Function = ast.FunctionDef | ast.Module


@dataclass
class Source:
    """All that is read, with what is known of who says something."""

    trees: Mapping[str, ast.Module]
    says: dict[str, int]

    def spoken(self) -> dict[str, str]:
        """Each sentence, and a place that says it; looks again while there are more who say."""
        while True:
            known = len(self.says)
            found = {text: place for place, tree in self.trees.items() for text in self._in(tree)}
            if len(self.says) == known:
                return found

    def _in(self, tree: ast.Module) -> Iterator[str]:
        returned = _returned(tree)
        for function, call in _calls(tree, tree):
            for said in self._arguments(call):
                yield from _Reading(self.says, returned).texts(said, function)

    def _arguments(self, call: ast.Call) -> Iterator[ast.expr]:
        name = _name(call.func)
        at = self.says.get(name)
        if at is not None and at < len(call.args):
            yield call.args[at]
        if name == "append" and _name(getattr(call.func, "value", call)) == "warnings":
            yield call.args[0]
        parts = {*PARTS, "name"} if name == "NewTask" else PARTS
        yield from (k.value for k in call.keywords if k.arg in parts)


Returned = Mapping[str, Sequence[tuple[ast.expr, Function]]]


@dataclass
class _Reading:
    """Of one message: all texts that it can be."""

    says: dict[str, int]
    returned: Returned
    seen: set[ast.AST] = field(default_factory=set)

    def texts(self, node: ast.AST, function: Function) -> Iterator[str]:
        if node in self.seen:
            return
        self.seen.add(node)
        match node:
            case ast.Constant(str(text)):
                yield text
            case ast.JoinedStr(values):
                yield "".join(_part(value) for value in values)
                for value in values:
                    if isinstance(value, ast.FormattedValue):
                        yield from self._part(value.value, function)
            case ast.IfExp(body=body, orelse=other):
                yield from self.texts(body, function)
                yield from self.texts(other, function)
            case ast.BoolOp(values=values):
                for value in values:
                    yield from self.texts(value, function)
            case ast.Name(id=name):
                yield from self._named(name, function)
            case ast.Call(func=called):
                for value, inside in self.returned.get(_name(called), ()):
                    yield from self.texts(value, inside)

    def _part(self, node: ast.expr, function: Function) -> Iterator[str]:
        if _name(node) in PARTS or _name(getattr(node, "func", node)).strip("_") in PARTS:
            yield from self.texts(node, function)

    def _named(self, name: str, function: Function) -> Iterator[str]:
        for node in ast.walk(function):
            for value in _assigned(node, name):
                yield from self.texts(value, function)
        if isinstance(function, ast.FunctionDef):
            given = [arg.arg for arg in function.args.args if arg.arg != "self"]
            if name in given:
                self.says.setdefault(function.name, given.index(name))


def spoken() -> dict[str, str]:
    """Each sentence of the sources, and a place that says it."""
    return spoken_in(
        {
            place: ast.parse(path.read_text(encoding="utf-8"))
            for folder in ("orchestrator", "agent", "bots")
            for path in sorted((ROOT / folder).rglob("*.py"))
            if not any(part in (place := path.relative_to(ROOT).as_posix()) for part in UNHEARD)
        }
    )


def spoken_in(trees: Mapping[str, ast.Module]) -> dict[str, str]:
    return Source(trees, {**dict.fromkeys(_errors(trees.values()), 0), **SAYS}).spoken()


def _returned(tree: ast.Module) -> Returned:
    """What each function of a module gives back."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return {
        function.name: [
            (node.value, function)
            for node in ast.walk(function)
            if isinstance(node, ast.Return) and node.value
        ]
        for function in functions
    }


def _errors(trees: Iterable[ast.Module]) -> set[str]:
    """The names of all classes of errors."""
    classes = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
    found = set(ERRORS)
    while more := {c.name for c in classes if {_name(b) for b in c.bases} & found} - found:
        found |= more
    return found


def _calls(node: ast.AST, inside: Function) -> Iterator[tuple[Function, ast.Call]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield inside, child
        yield from _calls(child, child if isinstance(child, ast.FunctionDef) else inside)


def _name(node: ast.AST) -> str:
    return str(getattr(node, "id", getattr(node, "attr", "")))


def _part(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else HOLE


def _assigned(node: ast.AST, name: str) -> Iterator[ast.expr]:
    if isinstance(node, ast.NamedExpr) and node.target.id == name:
        yield node.value
    if isinstance(node, ast.Assign) and any(_name(target) == name for target in node.targets):
        yield node.value
