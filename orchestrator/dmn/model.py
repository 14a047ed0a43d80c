"""The decision graph: immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestrator.dmn.boxed import Boxed, BoxedFunction, ForeignFunction, Typed
from orchestrator.dmn.table import DecisionTable, Hit
from orchestrator.feel import TypeRef, Types


@dataclass(frozen=True, slots=True)
class Reference:
    """An element of this file, or of the one imported under the name `model`."""

    id: str
    model: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    name: str
    variable: str  # under which decisions that require it see its result
    requires: tuple[Reference, ...]
    logic: Boxed
    knowledge: tuple[
        Reference, ...
    ] = ()  # business knowledge models and decision services it calls
    type: TypeRef | None = None

    @property
    def table(self) -> DecisionTable | None:
        """Its logic, when that is a table."""
        logic = self.logic.boxed if isinstance(self.logic, Typed) else self.logic
        return logic if isinstance(logic, DecisionTable) else None


@dataclass(frozen=True, slots=True)
class BusinessKnowledge:
    """A function that decisions call by name."""

    id: str
    name: str
    function: BoxedFunction | ForeignFunction
    knowledge: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionService:
    """Decisions called as one function; `parameters` are the variables of the input data, then
    those of the decisions that are `given`, not evaluated."""

    id: str
    name: str
    outputs: tuple[Reference, ...]
    parameters: tuple[str, ...]
    given: tuple[str, ...] = ()
    type: TypeRef | None = None
    parameter_types: tuple[TypeRef | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Definitions:
    id: str
    name: str
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    knowledge: Mapping[str, BusinessKnowledge] = field(default_factory=dict)
    services: Mapping[str, DecisionService] = field(default_factory=dict)
    inputs: Mapping[str, TypeRef] = field(default_factory=dict)
    """The types of the input data, by variable."""
    names: frozenset[str] = frozenset()
    """What its FEEL texts may name."""
    declares_inputs: bool = False
    types: Types = ()
    imports: Mapping[str, "Definitions"] = field(default_factory=dict)
    """By the name that the file gives each; what bears the empty name is as if written here."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What one decision of the graph did: for the record."""

    decision_id: str
    value: object
    hit: Hit

    @property
    def matched_rules(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(rule.id for rule in self.hit.rules)


@dataclass(frozen=True, slots=True)
class DecisionResult:
    value: object
    warnings: tuple[str, ...]
    evaluated: tuple[Evaluated, ...]

    @property
    def failed(self) -> Evaluated | None:
        """The first decision that could not answer (see `Hit`); those after it saw null."""
        return next((made for made in self.evaluated if made.hit.failure), None)
