"""The decision graph: immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestrator.dmn.boxed import Boxed, BoxedFunction, Typed
from orchestrator.dmn.table import DecisionTable
from orchestrator.feel import TypeRef


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    name: str
    variable: str  # under which decisions that require it see its result
    requires: tuple[str, ...]
    logic: Boxed
    knowledge: tuple[str, ...] = ()  # business knowledge models and decision services it calls
    type: TypeRef | None = None

    @property
    def table(self) -> DecisionTable | None:
        """Its logic, when that is a table."""
        logic = self.logic.boxed if isinstance(self.logic, Typed) else self.logic
        return logic if isinstance(logic, DecisionTable) else None

    @property
    def rules(self) -> tuple[str, ...]:
        """The ids of its table's rules, in order."""
        return tuple(rule.id for rule in self.table.rules) if self.table else ()


@dataclass(frozen=True, slots=True)
class BusinessKnowledge:
    """A function that decisions call by name."""

    id: str
    name: str
    function: BoxedFunction
    knowledge: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionService:
    """Decisions called as one function; `parameters` are the variables of the input data, then
    those of the decisions that are `given`, not evaluated."""

    id: str
    name: str
    outputs: tuple[str, ...]
    parameters: tuple[str, ...]
    given: tuple[str, ...] = ()
    type: TypeRef | None = None


@dataclass(frozen=True, slots=True)
class Definitions:
    id: str
    name: str
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    knowledge: Mapping[str, BusinessKnowledge] = field(default_factory=dict)
    services: Mapping[str, DecisionService] = field(default_factory=dict)
    inputs: Mapping[str, TypeRef] = field(default_factory=dict)
    """The types of the input data, by variable."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What one decision of the graph did: for the record."""

    decision_id: str
    value: object
    matched_rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionResult:
    value: object
    warnings: tuple[str, ...]
    evaluated: tuple[Evaluated, ...]
