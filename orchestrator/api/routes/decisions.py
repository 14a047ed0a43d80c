"""DMN decisions, and FEEL expressions."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, Json, JsonObject, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.security import Anyone, Starter
from orchestrator.process import decisions
from orchestrator.store.tables import DecisionDefinition

router = APIRouter(prefix="/v2", tags=["decisions"])


class DecisionView(Model):
    decision_definition_key: Key = Field(validation_alias="key")
    decision_definition_id: str = Field(validation_alias="decision_id")
    name: str | None
    version: int
    tenant_id: str
    decision_requirements_id: str = Field(validation_alias="resource_name")
    decision_requirements_key: Key = Field(validation_alias="deployment_key")
    decision_requirements_name: str = Field(validation_alias="resource_name")
    decision_requirements_version: int = Field(validation_alias="version")


class DecisionFilter(Filter):
    decision_definition_key: Match[Key] | None = None
    decision_definition_id: Match[str] | None = None
    name: Match[str] | None = None
    version: Match[int] | None = None
    tenant_id: Match[str] | None = None


class Evaluation(Model):
    decision_definition_id: str | None = None
    decision_definition_key: Key | None = None
    variables: JsonObject | None = None


class EvaluatedInput(Model):
    input_id: str
    input_name: str
    input_value: str
    """JSON."""


class EvaluatedOutput(Model):
    output_id: str
    output_name: str
    output_value: str
    """JSON."""
    rule_id: str
    rule_index: int


class MatchedRule(Model):
    rule_id: str
    rule_index: int
    evaluated_outputs: list[EvaluatedOutput]


class EvaluatedDecision(Model):
    decision_definition_id: str
    decision_definition_name: str
    decision_definition_key: Key
    decision_definition_version: int
    decision_definition_type: str
    decision_evaluation_instance_key: str
    output: str
    """JSON."""
    tenant_id: str
    matched_rules: list[MatchedRule]
    evaluated_inputs: list[EvaluatedInput]


class Evaluated(Model):
    decision_definition_id: str
    decision_definition_key: Key
    decision_definition_name: str
    decision_definition_version: int
    decision_evaluation_key: Key
    decision_instance_key: Key
    decision_requirements_id: str
    decision_requirements_key: Key
    evaluated_decisions: list[EvaluatedDecision]
    failed_decision_definition_id: str | None = None
    failure_message: str | None = None
    output: str
    """JSON."""
    warnings: list[str]
    tenant_id: str


class ExpressionRequest(Model):
    expression: Annotated[str, Field(max_length=100_000)]
    variables: JsonObject | None = None


class ExpressionView(Model):
    expression: str
    result: Json
    warnings: list[JsonObject]
    referenced_secrets: list[str] = Field(default_factory=list)


COLUMNS = {
    "decisionDefinitionKey": col(DecisionDefinition.key),
    "decisionDefinitionId": col(DecisionDefinition.decision_id),
    "name": col(DecisionDefinition.name),
    "version": col(DecisionDefinition.version),
    "tenantId": col(DecisionDefinition.tenant_id),
}


@router.post("/decision-definitions/search")
def search_decision_definitions(
    body: Search[DecisionFilter], caller: Anyone
) -> Found[DecisionView]:
    with caller.begin() as unit:
        query = select(DecisionDefinition).where(DecisionDefinition.tenant_id == unit.tenant_id)
        rows, total = find(unit, query, body, COLUMNS, col(DecisionDefinition.key).desc())
        return page_of([DecisionView.model_validate(row) for row in rows], total, body)


@router.get("/decision-definitions/{key}")
def get_decision_definition(key: Key, caller: Anyone) -> DecisionView:
    with caller.begin() as unit:
        return DecisionView.model_validate(decisions.by_key(unit, key))


@router.get(
    "/decision-definitions/{key}/xml",
    response_class=Response,
    responses={200: {"content": {"text/xml": {"schema": {"type": "string"}}}}},
)
def get_decision_definition_xml(key: Key, caller: Anyone) -> Response:
    """The DMN resource as it was deployed."""
    with caller.begin() as unit:
        return Response(decisions.by_key(unit, key).xml, media_type="text/xml")


@router.post("/decision-definitions/evaluation")
def evaluate_decision(body: Evaluation, caller: Starter) -> Evaluated:
    """The newest version of the id, or the version of the key."""
    with caller.begin() as unit:
        row = decisions.wanted(unit, body.decision_definition_id, body.decision_definition_key)
        done = decisions.evaluate(unit, row, body.variables or {})
        return _view(row, done)


@router.post("/expression/evaluation")
def evaluate_expression(body: ExpressionRequest, caller: Starter) -> ExpressionView:
    """FEEL, with or without a leading `=`."""
    value, warnings = decisions.expression(body.expression, body.variables or {})
    shown = [{"message": warning} for warning in warnings]
    return ExpressionView(expression=body.expression, result=value, warnings=shown)


def _view(row: DecisionDefinition, done: decisions.Done) -> Evaluated:
    return Evaluated(
        decision_definition_id=row.decision_id,
        decision_definition_key=row.key,
        decision_definition_name=row.name or row.decision_id,
        decision_definition_version=row.version,
        decision_evaluation_key=done.key,
        decision_instance_key=done.key,
        decision_requirements_id=row.resource_name,
        decision_requirements_key=row.deployment_key,
        evaluated_decisions=[
            _evaluated(row, done, number, step) for number, step in enumerate(done.steps, 1)
        ],
        output=done.output,
        warnings=list(done.warnings),
        tenant_id=row.tenant_id,
    )


def _evaluated(
    row: DecisionDefinition, done: decisions.Done, number: int, step: decisions.Step
) -> EvaluatedDecision:
    return EvaluatedDecision(
        decision_definition_id=step.id,
        decision_definition_name=step.name,
        decision_definition_key=step.key,
        decision_definition_version=step.version,
        decision_definition_type=step.kind,
        decision_evaluation_instance_key=f"{done.key}-{number}",
        output=step.output,
        tenant_id=row.tenant_id,
        matched_rules=[_matched(rule) for rule in step.rules],
        evaluated_inputs=[
            EvaluatedInput(input_id=c.column_id, input_name=c.column_name, input_value=c.value)
            for c in step.inputs
        ],
    )


def _matched(rule: decisions.Row) -> MatchedRule:
    outputs = [
        EvaluatedOutput(
            output_id=c.column_id,
            output_name=c.column_name,
            output_value=c.value,
            rule_id=rule.id,
            rule_index=rule.number,
        )
        for c in rule.outputs
    ]
    return MatchedRule(rule_id=rule.id, rule_index=rule.number, evaluated_outputs=outputs)
