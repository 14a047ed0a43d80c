"""DMN decisions, and FEEL expressions."""

from typing import Annotated

from pydantic import Field
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from orchestrator.api.model import Filter, Json, JsonObject, Key, Model, Xml
from orchestrator.api.routes.decision_views import (
    DecisionView,
    EvaluatedInput,
    MatchedRule,
    in_json,
    inputs,
    instance_key,
    rules,
    views,
)
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, DecisionMaker, Evaluator
from orchestrator.process import decisions
from orchestrator.process.definitions import requirements
from orchestrator.store.tables import DecisionDefinition, DecisionInstance, DecisionRequirements

router = Section(prefix="/v2", tags=["decisions"])


class DecisionFilter(Filter):
    decision_definition_key: Match[Key] | None = None
    decision_definition_id: Match[str] | None = None
    name: Match[str] | None = None
    version: Match[int] | None = None
    tenant_id: Match[str] | None = None
    is_latest_version: bool | None = None
    decision_requirements_id: Match[str] | None = None
    decision_requirements_key: Match[Key] | None = None
    decision_requirements_name: Match[str] | None = None
    decision_requirements_version: Match[int] | None = None


class Evaluation(Model):
    decision_definition_id: str | None = None
    decision_definition_key: Key | None = None
    variables: JsonObject | None = None


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


_OTHER = aliased(DecisionDefinition)
_NEWER = select(_OTHER.key).where(
    _OTHER.tenant_id == DecisionDefinition.tenant_id,
    _OTHER.decision_id == DecisionDefinition.decision_id,
    col(_OTHER.version) > col(DecisionDefinition.version),
    col(_OTHER.deleted_at).is_(None),
)
COLUMNS = {
    "decisionDefinitionKey": col(DecisionDefinition.key),
    "decisionDefinitionId": col(DecisionDefinition.decision_id),
    "name": col(DecisionDefinition.name),
    "version": col(DecisionDefinition.version),
    "tenantId": col(DecisionDefinition.tenant_id),
    "isLatestVersion": ~_NEWER.exists(),
    "decisionRequirementsId": col(DecisionRequirements.requirements_id),
    "decisionRequirementsKey": col(DecisionRequirements.key),
    "decisionRequirementsName": col(DecisionRequirements.name),
    "decisionRequirementsVersion": col(DecisionRequirements.version),
}


@router.post("/decision-definitions/search")
def search_decision_definitions(
    body: Search[DecisionFilter], caller: Anyone
) -> Found[DecisionView]:
    with caller.searching() as unit:
        query = (
            select(DecisionDefinition)
            .join(
                DecisionRequirements,
                col(DecisionRequirements.key) == DecisionDefinition.requirements_key,
            )
            .where(
                unit.within(col(DecisionDefinition.tenant_id)),
                col(DecisionDefinition.deleted_at).is_(None),
            )
        )
        rows, total = find(unit, query, body, COLUMNS, col(DecisionDefinition.key).desc())
        return page_of(views(unit, rows), total, body)


@router.get("/decision-definitions/{key}")
def get_decision_definition(key: Key, caller: Anyone) -> DecisionView:
    with caller.begin() as unit:
        return views(unit, [decisions.by_key(unit, key)])[0]


@router.get("/decision-definitions/{key}/xml", response_class=Xml)
def get_decision_definition_xml(key: Key, caller: Anyone) -> Xml:
    """The DMN resource as it was deployed."""
    with caller.begin() as unit:
        file = requirements(unit, decisions.by_key(unit, key))
        return Xml(file.xml)


@router.post("/decision-definitions/evaluation")
def evaluate_decision(body: Evaluation, caller: DecisionMaker) -> Evaluated:
    """The newest version of the id, or the version of the key. One that fails is kept, too: the
    output is null, and the answer names the decision that could not answer, and why."""
    with caller.begin() as unit:
        row = decisions.wanted(unit, body.decision_definition_id, body.decision_definition_key)
        done = decisions.evaluate(unit, row, body.variables or {})
        return _view(row, requirements(unit, row), done)


@router.post("/expression/evaluation")
def evaluate_expression(body: ExpressionRequest, caller: Evaluator) -> ExpressionView:
    """FEEL, with or without a leading `=`."""
    with caller.begin() as unit:
        value, warnings = decisions.expression(unit, body.expression, body.variables or {})
    shown = [{"message": warning} for warning in warnings]
    return ExpressionView(expression=body.expression, result=value, warnings=shown)


def _view(row: DecisionDefinition, file: DecisionRequirements, done: decisions.Done) -> Evaluated:
    return Evaluated(
        decision_definition_id=row.decision_id,
        decision_definition_key=row.key,
        decision_definition_name=row.name or row.decision_id,
        decision_definition_version=row.version,
        decision_evaluation_key=done.key,
        decision_instance_key=done.key,
        decision_requirements_id=file.requirements_id,
        decision_requirements_key=file.key,
        evaluated_decisions=[_evaluated(step) for step in done.steps],
        failed_decision_definition_id=done.failed.decision_id if done.failed else None,
        failure_message=done.failed.failure if done.failed else None,
        output=in_json(done.value),
        warnings=list(done.warnings),
        tenant_id=row.tenant_id,
    )


def _evaluated(step: DecisionInstance) -> EvaluatedDecision:
    return EvaluatedDecision(
        decision_definition_id=step.decision_id,
        decision_definition_name=step.name,
        decision_definition_key=step.decision_key,
        decision_definition_version=step.version,
        decision_definition_type=step.kind,
        decision_evaluation_instance_key=instance_key(step),
        output=in_json(step.result["v"]),
        tenant_id=step.tenant_id,
        matched_rules=rules(step),
        evaluated_inputs=inputs(step),
    )
