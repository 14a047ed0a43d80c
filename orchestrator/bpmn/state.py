"""The state of one instance; `evolve` tells how each event changes it.

State is what is alive: element instances, the variables of their scopes, tokens that wait at
joins. It may be loaded in part: a `Loader` brings what is asked for, so the cost of a command
does not grow with the instance. Scopes count their live children, so that a scope's end is seen
without loading them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from msgspec import Struct, field
from msgspec.structs import replace

KEPT = "kept"
"""What a suspended instance remembers: the commands to be done when it is resumed."""
WATCHED = "watched"
"""What an instance remembers: whether the condition of an event, `key/trigger/element`, held."""


class Live(Struct):
    """One live element instance. The process itself is one too: its key is the instance's. What
    its mappings hold is never changed in place, so that a copy may share them."""

    key: int
    element_id: str
    scope_key: int | None
    children: int = 0
    joins: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Gateway -> flow -> tokens."""
    incident: Mapping[str, Any] | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    """What its element remembers."""

    @property
    def suspended(self) -> bool:
        """Of a process: whether its tokens stand still."""
        return KEPT in self.data


@dataclass(frozen=True, slots=True)
class Done:
    """A completed activity that can be compensated, with its variables as they were."""

    key: int
    element_id: str
    variables: Mapping[str, Any]


class Loader(Protocol):
    def element(self, key: int) -> Live | None: ...
    def children(self, scope_key: int) -> Iterable[Live]: ...
    def variables(self, scope_key: int) -> Mapping[str, Any]: ...
    def outputs(self, body_key: int) -> Mapping[int, Any]: ...
    def compensable(self, scope_key: int) -> Iterable[Done]: ...


class Nothing:
    """The loader of a state that is all in memory."""

    def element(self, key: int) -> Live | None:
        return None

    def children(self, scope_key: int) -> Iterable[Live]:
        return ()

    def variables(self, scope_key: int) -> Mapping[str, Any]:
        return {}

    def outputs(self, body_key: int) -> Mapping[int, Any]:
        return {}

    def compensable(self, scope_key: int) -> Iterable[Done]:
        return ()


class State:
    """Copy-on-write over what has been loaded: `fork` is cheap, and a fork never changes its
    parent."""

    def __init__(self, loader: Loader | None = None) -> None:
        self._loader: Loader = loader or Nothing()
        self._live: dict[int, Live | None] = {}
        self._variables: dict[int, dict[str, Any]] = {}
        self._outputs: dict[int, dict[int, Any]] = {}
        self._compensable: dict[int, dict[int, Done | None]] = {}
        self.changed: set[int] = set()

    def fork(self) -> "State":
        other = State(self._loader)
        other._live, other._variables = dict(self._live), dict(self._variables)
        if self._outputs:
            other._outputs = {k: dict(v) for k, v in self._outputs.items()}
        if self._compensable:
            other._compensable = {k: dict(v) for k, v in self._compensable.items()}
        return other

    def get(self, key: int) -> Live | None:
        """The live element, or None when it has ended or never was."""
        try:
            return self._live[key]
        except KeyError:
            live = self._live[key] = self._loader.element(key)
            return live

    def children(self, scope_key: int) -> list[Live]:
        """The live elements in a scope, oldest first. Loads them all: only to end a scope."""
        for child in self._loader.children(scope_key):
            self._live.setdefault(child.key, child)
        found = (x for x in self._live.values() if x is not None and x.scope_key == scope_key)
        return sorted(found, key=lambda x: x.key)

    def variables(self, scope_key: int) -> Mapping[str, Any]:
        try:
            return self._variables[scope_key]
        except KeyError:
            found = self._variables[scope_key] = dict(self._loader.variables(scope_key))
            return found

    def visible(self, key: int) -> dict[str, Any]:
        """Every variable seen from an element; inner ones hide outer ones."""
        seen: dict[str, Any] = {}
        at = self.get(key)
        while at is not None:
            seen = {**self.variables(at.key), **seen}
            at = self.get(at.scope_key) if at.scope_key is not None else None
        return seen

    def outputs(self, body_key: int) -> Mapping[int, Any]:
        """The items of a multi-instance activity's output collection so far, by index."""
        return {**self._loader.outputs(body_key), **self._outputs.get(body_key, {})}

    def compensable(self, scope_key: int) -> list[Done]:
        """What can be undone in a scope, in the order it was done."""
        found: dict[int, Done | None] = {d.key: d for d in self._loader.compensable(scope_key)}
        found.update(self._compensable.get(scope_key, {}))
        return [done for _, done in sorted(found.items()) if done is not None]

    def snapshot(self) -> dict[str, Any]:
        """Everything loaded, comparable: for tests and replay."""
        live = {k: v for k, v in self._live.items() if v is not None}
        shown = {k: self._variables[k] for k in sorted(self._variables) if self._variables[k]}
        return {
            "live": {k: live[k] for k in sorted(live)},
            "variables": shown,
            "outputs": {k: v for k, v in self._outputs.items() if k in live},
            "compensable": {k: v for k, v in self._compensable.items() if v},
        }

    # -- changes, made by `apply` alone ----------------------------------------------------------

    def put(self, live: Live) -> None:
        self._live[live.key] = live
        self.changed.add(live.key)

    def edit(self, key: int) -> Live:
        live = self.get(key)
        if live is None:
            raise KeyError(key)
        if key not in self.changed:
            live = replace(live)
            self.put(live)
        return live

    def end(self, key: int) -> None:
        live = self.get(key)
        if live is None:
            raise KeyError(key)
        self.changed.add(key)
        if live.scope_key is not None:
            self.edit(live.scope_key).children -= 1
        if isinstance(self._loader, Nothing):
            del self._live[key]
            self._variables.pop(key, None)
        else:  # remembered, lest its rows are loaded again
            self._live[key], self._variables[key] = None, {}

    def collect(self, body_key: int, index: int, value: Any) -> None:
        self._outputs.setdefault(body_key, {})[index] = value

    def set_compensable(self, scope_key: int, key: int, done: Done | None) -> None:
        self._compensable.setdefault(scope_key, {})[key] = done

    def set_variable(self, scope_key: int, name: str, value: Any) -> None:
        self._variables[scope_key] = {**self.variables(scope_key), name: value}
