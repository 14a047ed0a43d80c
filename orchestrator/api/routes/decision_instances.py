"""What decisions have decided."""

import re
from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, case, cast, literal
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from orchestrator.api import sealing
from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.routes.batch_requests import BatchCreated, created, wanted
from orchestrator.api.routes.decision_views import (
    EvaluatedInput,
    MatchedRule,
    in_json,
    inputs,
    instance_key,
    rules,
)
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, DecisionBatchDeleter, DecisionDeleter, Person
from orchestrator.kernel.errors import NotFound
from orchestrator.process import batch_kinds, deletion, instances
from orchestrator.store.tables import DecisionInstance, ProcessInstance
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/decision-instances", tags=["decisions"])


class DecisionInstanceView(Model):
    decision_evaluation_instance_key: str
    decision_evaluation_key: Key
    state: str
    evaluation_date: Instant
    evaluation_failure: str | None
    decision_definition_id: str
    decision_definition_key: Key
    decision_definition_name: str
    decision_definition_version: int
    decision_definition_type: str
    root_decision_definition_key: Key
    result: str
    """JSON."""
    tenant_id: str
    business_id: str | None
    process_definition_key: Key | None
    process_instance_key: Key | None
    root_process_instance_key: Key | None
    element_instance_key: Key | None


class DecisionInstanceDetail(DecisionInstanceView):
    evaluated_inputs: list[EvaluatedInput]
    matched_rules: list[MatchedRule]
    warnings: list[str]
    """Of the whole evaluation, at its last decision: what its expressions could not tell."""


class DecisionInstanceFilter(Filter):
    decision_evaluation_instance_key: Match[str] | None = None
    decision_evaluation_key: Match[Key] | None = None
    state: Match[str] | None = None
    evaluation_failure: Match[str] | None = None
    evaluation_date: Match[Instant] | None = None
    decision_definition_id: Match[str] | None = None
    decision_definition_key: Match[Key] | None = None
    decision_definition_name: Match[str] | None = None
    decision_definition_version: Match[int] | None = None
    decision_definition_type: Match[str] | None = None
    root_decision_definition_key: Match[Key] | None = None
    decision_requirements_key: Match[Key] | None = None
    tenant_id: Match[str] | None = None
    business_id: Match[str] | None = None
    process_definition_key: Match[Key] | None = None
    process_instance_key: Match[Key] | None = None
    element_instance_key: Match[Key] | None = None


class DecisionsWanted(Model):
    filter: DecisionInstanceFilter


_KEY = cast(col(DecisionInstance.evaluation_key), String).concat(
    literal("-").concat(cast(col(DecisionInstance.number), String))
)
COLUMNS = {
    "decisionEvaluationInstanceKey": _KEY,
    "decisionEvaluationKey": col(DecisionInstance.evaluation_key),
    "state": case((col(DecisionInstance.failure).is_(None), "EVALUATED"), else_="FAILED"),
    "evaluationFailure": col(DecisionInstance.failure),
    "evaluationDate": col(DecisionInstance.evaluated_at),
    "decisionDefinitionId": col(DecisionInstance.decision_id),
    "decisionDefinitionKey": col(DecisionInstance.decision_key),
    "decisionDefinitionName": col(DecisionInstance.name),
    "decisionDefinitionVersion": col(DecisionInstance.version),
    "decisionDefinitionType": col(DecisionInstance.kind),
    "rootDecisionDefinitionKey": col(DecisionInstance.root_key),
    "decisionRequirementsKey": col(DecisionInstance.requirements_key),
    "tenantId": col(DecisionInstance.tenant_id),
    "businessId": col(ProcessInstance.business_key),
    "processDefinitionKey": col(ProcessInstance.definition_key),
    "processInstanceKey": col(DecisionInstance.instance_key),
    "elementInstanceKey": col(DecisionInstance.element_key),
}


@router.post("/search")
def search_decision_instances(
    body: Search[DecisionInstanceFilter], caller: Anyone
) -> Found[DecisionInstanceView]:
    with caller.searching() as unit:
        rows, total = find(unit, _found(unit, caller), body, COLUMNS, _KEY)
        return page_of(_views(unit, rows), total, body)


@router.post("/deletion")
def delete_decision_instances_batch(
    body: DecisionsWanted, caller: DecisionBatchDeleter
) -> BatchCreated:
    """Deletes all decisions of the evaluations; not while the instance that asked runs."""
    with caller.begin() as unit:
        query = _found(unit, caller, *wanted(body.filter, COLUMNS)).with_only_columns(
            col(DecisionInstance.evaluation_key), col(DecisionInstance.instance_key)
        )
        targets = {row[0]: row[1] for row in unit.session.connection().execute(query)}
        return created(unit, batch_kinds.DELETE_DECISION, list(targets.items()))


@router.post("/{evaluation_key}/deletion", status_code=204)
def delete_decision_instance(evaluation_key: Key, caller: DecisionDeleter) -> None:
    """Deletes all decisions of the evaluation. 409 process.at_work while the instance that asked
    runs."""
    caller.command(lambda unit: deletion.delete_decision(unit, evaluation_key))


@router.get("/{key}")
def get_decision_instance(key: str, caller: Anyone) -> DecisionInstanceDetail:
    """`key` is a decisionEvaluationInstanceKey."""
    with caller.begin() as unit:
        query = select(DecisionInstance).where(
            unit.within(col(DecisionInstance.tenant_id)), *_keyed(key)
        )
        row = unit.session.exec(query).one_or_none()
        if row is None:
            raise NotFound(f"There is no decision instance {key!r}.", code="decision.not_found")
        sealing.check(unit, caller, row.instance_key)
        (view,) = _views(unit, [row])
        return DecisionInstanceDetail(
            **view.model_dump(),
            evaluated_inputs=inputs(row),
            matched_rules=rules(row),
            warnings=row.warnings or [],
        )


def _found(
    unit: Unit, caller: Person, *which: ColumnElement[bool]
) -> SelectOfScalar[DecisionInstance]:
    """Those that the caller may be sent."""
    return (
        select(DecisionInstance)
        .outerjoin(ProcessInstance, col(ProcessInstance.key) == DecisionInstance.instance_key)
        .where(
            unit.within(col(DecisionInstance.tenant_id)),
            unsealed(caller, col(DecisionInstance.instance_key)),
            *which,
        )
    )


def _keyed(key: str) -> list[ColumnElement[bool]]:
    """Over the primary key. Raises NotFound for a text that is no key."""
    parts = re.fullmatch(r"([0-9]{1,18})-([0-9]{1,9})", key)
    if parts is None:
        raise NotFound(f"There is no decision instance {key!r}.", code="decision.not_found")
    return [
        col(DecisionInstance.evaluation_key) == int(parts[1]),
        col(DecisionInstance.number) == int(parts[2]),
    ]


def _views(unit: Unit, rows: Sequence[DecisionInstance]) -> list[DecisionInstanceView]:
    owners = instances.by_keys(unit, {row.instance_key for row in rows if row.instance_key})
    roots = instances.roots(unit, owners.values())
    return [
        _view(row, owners[row.instance_key], roots[row.instance_key])
        if row.instance_key
        else _view(row, None, None)
        for row in rows
    ]


def _view(
    row: DecisionInstance, owner: ProcessInstance | None, root: int | None
) -> DecisionInstanceView:
    return DecisionInstanceView(
        decision_evaluation_instance_key=instance_key(row),
        decision_evaluation_key=row.evaluation_key,
        state="FAILED" if row.failure else "EVALUATED",
        evaluation_date=row.evaluated_at,
        evaluation_failure=row.failure,
        decision_definition_id=row.decision_id,
        decision_definition_key=row.decision_key,
        decision_definition_name=row.name,
        decision_definition_version=row.version,
        decision_definition_type=row.kind,
        root_decision_definition_key=row.root_key,
        result=in_json(row.result["v"]),
        tenant_id=row.tenant_id,
        business_id=owner.business_key if owner else None,
        process_definition_key=owner.definition_key if owner else None,
        process_instance_key=row.instance_key,
        root_process_instance_key=root,
        element_instance_key=row.element_key,
    )
