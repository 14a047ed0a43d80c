"""The bodies of changes to process instances, as Camunda 8 shapes them."""

from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, WithJsonSchema

from orchestrator.api.model import JsonObject, Key, Model
from orchestrator.bpmn import commands as c
from orchestrator.kernel.errors import InvalidInput
from orchestrator.kernel.keys import MAX_KEY

MOST = 1000
Id = Annotated[str, Field(min_length=1, max_length=500)]
Ancestor = Annotated[
    int,
    Field(ge=-1, le=MAX_KEY),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^(-1|[0-9]{1,19})$"}),
]
"""The key of an element instance; -1: the only one that fits."""


class VariableInstruction(Model):
    variables: JsonObject
    scope_id: str = ""


class Instruction(Model):
    variable_instructions: list[VariableInstruction] = Field(default_factory=list, max_length=MOST)

    def assignments(self) -> tuple[c.Assign, ...]:
        return tuple(c.Assign(v.variables, v.scope_id) for v in self.variable_instructions)


class ActivateInstruction(Instruction):
    element_id: Id
    ancestor_element_instance_key: Ancestor = -1

    def command(self) -> c.Activate:
        ancestor = _known(self.ancestor_element_instance_key)
        return c.Activate(self.element_id, ancestor, self.assignments())


class SourceId(Model):
    source_type: Literal["byId"]
    source_element_id: Id

    def wanted(self) -> int | str:
        return self.source_element_id


class SourceKey(Model):
    source_type: Literal["byKey"]
    source_element_instance_key: Key

    def wanted(self) -> int | str:
        return self.source_element_instance_key


class AncestorScope(Model):
    ancestor_scope_type: Literal["direct", "inferred", "sourceParent"] = "direct"
    ancestor_element_instance_key: Ancestor = -1


class MoveInstruction(Instruction):
    source_element_instruction: Annotated[SourceId | SourceKey, Field(discriminator="source_type")]
    target_element_id: Id
    ancestor_scope_instruction: AncestorScope = AncestorScope()

    def command(self) -> c.Move:
        scope = self.ancestor_scope_instruction
        return c.Move(
            self.source_element_instruction.wanted(),
            self.target_element_id,
            scope.ancestor_scope_type,
            _known(scope.ancestor_element_instance_key),
            self.assignments(),
        )


class TerminateById(Model):
    element_id: Id

    def wanted(self) -> int | str:
        return self.element_id


class TerminateByKey(Model):
    element_instance_key: Key

    def wanted(self) -> int | str:
        return self.element_instance_key


class Modification(Model):
    activate_instructions: list[ActivateInstruction] = Field(default_factory=list, max_length=MOST)
    move_instructions: list[MoveInstruction] = Field(default_factory=list, max_length=MOST)
    terminate_instructions: list[TerminateById | TerminateByKey] = Field(
        default_factory=list, max_length=MOST
    )

    def command(self, instance_key: int) -> c.ModifyInstance:
        return c.ModifyInstance(
            instance_key,
            tuple(a.command() for a in self.activate_instructions),
            tuple(m.command() for m in self.move_instructions),
            tuple(t.wanted() for t in self.terminate_instructions),
        )


class MappingInstruction(Model):
    source_element_id: Id
    target_element_id: Id


Mapping = Annotated[list[MappingInstruction], Field(max_length=10_000)]


def elements_of(mapping: list[MappingInstruction]) -> dict[str, str]:
    """Source id -> target id. Raises InvalidInput for an element that is mapped twice."""
    found: dict[str, str] = {}
    for one in mapping:
        if one.source_element_id in found:
            raise InvalidInput(f"{one.source_element_id} is mapped twice.")
        found[one.source_element_id] = one.target_element_id
    return found


class Migration(Model):
    target_process_definition_key: Key
    mapping_instructions: Mapping


class MissingView(Model):
    name: str
    element_id: str
    """Where it is read."""
    may_come_from: list[str]
    """The elements whose work may bring it."""


class FindingView(Model):
    """Why, by a stable code (docs/errors.md); `message` is the same in English."""

    element_id: str = Field(validation_alias="element")
    """Empty when it is about the whole instance."""
    code: str = Field(validation_alias="rule")
    message: str


class ForecastView(Model):
    """What a change would make of an instance. OK: it can reach an end. REFUSED: it cannot be
    changed so. STUCK: a token would wait for ever. LACKS_VARIABLE: something is read that is
    not there."""

    verdict: Literal["OK", "REFUSED", "STUCK", "LACKS_VARIABLE"]
    reason: str
    stuck_at: list[str]
    missing: list[MissingView]
    findings: list[FindingView]


def _known(ancestor: int) -> int | None:
    return None if ancestor < 0 else ancestor
