"""One command at work: a working copy of the state, the events so far, the steps still to do.

Elements act on a `Run`; it never recurses, so a model of any length takes constant stack.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from orchestrator.bpmn import events as e
from orchestrator.bpmn.evolve import apply
from orchestrator.bpmn.model import Element, Flow, Mapped, ProcessDefinition, Value
from orchestrator.bpmn.state import Live, State
from orchestrator.dmn import Definitions
from orchestrator.feel import AMBIENT, Expression, Result, from_json, to_json
from orchestrator.kernel.keys import Keys

MAX_STEPS = 100_000
Decisions = Callable[[str], Definitions | None]
Step = tuple[str, int]
"""What is to be done (a name in `handlers.STEPS`) and to which element instance."""


class Failed(Exception):
    """The element cannot go on: becomes an incident. `error_type` is Camunda's word for it."""

    def __init__(self, error_type: str, message: str) -> None:
        super().__init__(message)
        self.error_type = error_type


@dataclass(frozen=True, slots=True)
class Environment:
    """What the engine may look at besides the state: the instant, keys, what is deployed."""

    now: datetime
    keys: Keys
    decisions: Decisions = lambda decision_id: None
    callable: Callable[[str], bool] = lambda process_id: True
    """Whether a process can be called by this id."""
    caller_catches: Callable[[str], bool] = lambda code: False
    """Whether the call activity that started this instance catches an error of this code."""
    ambient: Callable[[], Mapping[str, Any]] = dict
    """What is seen besides the variables, by the name AMBIENT; asked for when it is read."""


class Visible(Mapping[str, object]):
    """The variables seen from an element, as FEEL values, converted when first read."""

    def __init__(
        self,
        state: State,
        key: int | None,
        extra: Mapping[str, Any],
        ambient: Callable[[], Mapping[str, Any]] = dict,
    ) -> None:
        self._state, self._key, self._ambient = state, key, ambient
        self._found: dict[str, object] = {k: from_json(v) for k, v in extra.items()}

    def __getitem__(self, name: str) -> object:
        if name not in self._found:
            scope = self._home(name)
            if scope is None:
                raise KeyError(name)
            self._found[name] = from_json(scope[name])
        return self._found[name]

    def __contains__(self, name: object) -> bool:
        return name in self._found or self._home(name) is not None

    def __iter__(self) -> Iterator[str]:
        return iter({**self._found, **{n: None for s in self._scopes() for n in s}})

    def __len__(self) -> int:
        return len(list(iter(self)))

    def _home(self, name: object) -> Mapping[str, Any] | None:
        """The innermost scope that has the variable. Asked for each that an expression reads."""
        key = self._key
        while key is not None:
            scope = self._state.variables(key)
            if name in scope:
                return scope
            live = self._state.get(key)
            key = live.scope_key if live else None
        return self._beside(name)

    def _beside(self, name: object) -> Mapping[str, Any] | None:
        ambient = self._ambient() if name == AMBIENT else {}
        return ambient if name in ambient else None

    def _scopes(self) -> Iterator[Mapping[str, Any]]:
        key = self._key
        while key is not None:
            yield self._state.variables(key)
            live = self._state.get(key)
            key = live.scope_key if live else None


class Behaviour(Protocol):
    """How one kind of element acts; see `bpmn.elements`."""

    def activate(self, run: "Run", live: Live, element: Element) -> None:
        """Begin: finish at once, or leave something that waits. May raise Failed."""
        ...

    def flows(self, run: "Run", live: Live, element: Element) -> list[Flow]:
        """The flows that tokens take when it ends. May raise Failed."""
        ...

    def child_ended(self, run: "Run", live: Live, element: Element) -> None:
        """A token inside this scope has ended. May raise Failed."""
        ...


class Run:
    def __init__(
        self,
        definition: ProcessDefinition,
        state: State,
        env: Environment,
        behaviours: Mapping[str, Behaviour],
    ) -> None:
        self.behaviours = behaviours
        self.definition, self.state, self.env = definition, state.fork(), env
        self.events: list[e.Event] = []
        self.unsettled: set[int] = set()
        """Scopes whose joins may have waited for a token that is gone; see `joins`."""
        self.conditions_due: set[int] = set()
        """Instances whose conditional events may happen now; see `waiting`."""
        self.todo: deque[Step] = deque()

    def emit(self, event: e.Event) -> None:
        self.events.append(event)
        apply(self.state, event)
        if self.definition.conditional:
            self._look_at_conditions(event)

    def _look_at_conditions(self, event: e.Event) -> None:
        if isinstance(event, e.VariableSet) and not self.conditions_due:
            self.conditions_due.add(self.root(event.scope_key).key)
        elif isinstance(event, e.Watched) and event.holds is False:
            self.conditions_due.add(event.root_key)

    def later(self, step: str, key: int) -> None:
        self.todo.append((step, key))

    def drain(
        self, steps: Mapping[str, Callable[["Run", int], object]], at_rest: Callable[["Run"], None]
    ) -> None:
        """Do steps until all tokens wait or are gone. What depends on where all tokens are is
        asked `at_rest`; it may add steps. Raises Failed when they do not end."""
        done = 0
        while True:
            if not self.todo:
                at_rest(self)
            if not self.todo:
                return
            if done == MAX_STEPS:
                message = f"More than {MAX_STEPS:,} steps without a wait state."
                raise Failed("LOOP", f"{message} Resolving this goes on for as many again.")
            done += 1
            step, key = self.todo.popleft()
            steps[step](self, key)

    # -- looking ---------------------------------------------------------------------------------

    def element(self, live: Live) -> Element:
        return self.definition.elements[live.element_id]

    def live(self, key: int | None) -> Live:
        """The element of a key that is known to be alive, such as the scope of a live one."""
        live = self.state.get(key) if key is not None else None
        assert live is not None  # noqa: S101  told by the caller
        return live

    def root(self, key: int) -> Live:
        """The process that element `key` is in."""
        live = self.live(key)
        while (above := live.scope_key) is not None:
            live = self.live(above)
        return live

    def evaluate(
        self, source: Value, key: int | None, extra: Mapping[str, Any] | None = None
    ) -> Any:
        """The JSON value of an expression or a static text."""
        if not isinstance(source, Expression):
            return source
        return to_json(self.evaluated(source, key, extra).value)

    def evaluated(
        self, source: Expression, key: int | None, extra: Mapping[str, Any] | None = None
    ) -> Result:
        """The FEEL value; warnings are put on the record of element `key`."""
        result = source.evaluate(self.visible(key, extra or {}))
        if result.warnings and key is not None:
            self.warn(key, source.text, result.warnings)
        return result

    def warn(self, key: int, expression: str, warnings: Sequence[str]) -> None:
        """Put on the record what an expression at element `key` could not tell."""
        if self.state.get(key) is not None:
            self.emit(e.Warned(key, expression, list(warnings)))

    def text(self, source: Value, key: int, what: str) -> str | None:
        """As `evaluate`, but must be a text when it is given at all."""
        if not isinstance(source, Expression):
            return source
        result = self.evaluated(source, key)
        if not isinstance(result.value, str):
            why = "; ".join(result.warnings) or f"it is {to_json(result.value)!r}"
            raise Failed("EXTRACT_VALUE_ERROR", f"{what} '={source.text}' is not a text: {why}")
        return result.value

    def visible(self, key: int | None, extra: Mapping[str, Any]) -> Visible:
        """What an expression at element `key` sees."""
        return Visible(self.state, key, extra, self.env.ambient)

    def condition(self, flow: Flow, key: int) -> bool:
        assert flow.condition is not None  # noqa: S101  asked only of conditional flows
        return self.holds(flow.condition, key, f"The condition of {flow.id}")

    def holds(
        self,
        condition: Expression,
        key: int,
        what: str,
        extra: Mapping[str, Any] | None = None,
    ) -> bool:
        """Raises Failed when `condition` is neither true nor false."""
        result = self.evaluated(condition, key, extra)
        if not isinstance(result.value, bool):
            why = "; ".join(result.warnings) or f"it is {to_json(result.value)!r}"
            message = f"{what} '={condition.text}' is not true or false: {why}"
            raise Failed("EXTRACT_VALUE_ERROR", message)
        return result.value

    # -- variables -------------------------------------------------------------------------------

    def set_local(self, key: int, variables: Mapping[str, Any]) -> None:
        for name, value in variables.items():
            self.emit(e.VariableSet(key, name, value))

    def propagate(self, from_key: int, variables: Mapping[str, Any]) -> None:
        """Set each where it is known, from this scope upwards, else in the process's scope."""
        for name, value in variables.items():
            self.emit(e.VariableSet(self._home(from_key, name), name, value))

    def _home(self, key: int, name: str) -> int:
        while True:
            live = self.state.get(key)
            if name in self.state.variables(key) or live is None or live.scope_key is None:
                return key
            key = live.scope_key

    def mapped(
        self, mappings: tuple[Mapped, ...], key: int, extra: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The variables that input or output mappings make; later ones see earlier ones."""
        made: dict[str, Any] = {}
        for mapping in mappings:
            value = self.evaluate(mapping.source, key, {**extra, **made})
            _assign(made, mapping.target, value, extra)
        return made


def _assign(
    into: dict[str, Any], path: tuple[str, ...], value: Any, known: Mapping[str, Any]
) -> None:
    head, *rest = path
    for name in rest:
        inner = into.get(head, known.get(head))
        into[head] = dict(inner) if isinstance(inner, dict) else {}
        into, head, known = into[head], name, {}
    into[head] = value
