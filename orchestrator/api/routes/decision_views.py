"""Decisions, what they saw and what they gave, as the Camunda 8 API shows them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Key, Model
from orchestrator.store.tables import DecisionDefinition, DecisionInstance, DecisionRequirements
from orchestrator.store.unit import Unit


class RequirementsView(Model):
    """A DMN file."""

    decision_requirements_key: Key = Field(validation_alias="key")
    decision_requirements_id: str = Field(validation_alias="requirements_id")
    decision_requirements_name: str = Field(validation_alias="name")
    version: int
    resource_name: str
    tenant_id: str


class DecisionView(Model):
    decision_definition_key: Key = Field(validation_alias="key")
    decision_definition_id: str = Field(validation_alias="decision_id")
    name: str | None
    version: int
    tenant_id: str
    decision_requirements_id: str
    decision_requirements_key: Key
    decision_requirements_name: str
    decision_requirements_version: int


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


def views(unit: Unit, rows: Sequence[DecisionDefinition]) -> list[DecisionView]:
    keys = {row.requirements_key for row in rows}
    query = select(DecisionRequirements).where(col(DecisionRequirements.key).in_(keys))
    files = {file.key: file for file in unit.session.exec(query)}
    return [_view(row, files[row.requirements_key]) for row in rows]


def _view(row: DecisionDefinition, file: DecisionRequirements) -> DecisionView:
    return DecisionView.model_validate(
        {
            **row.model_dump(),
            "decision_requirements_id": file.requirements_id,
            "decision_requirements_key": file.key,
            "decision_requirements_name": file.name,
            "decision_requirements_version": file.version,
        }
    )


def instance_key(row: DecisionInstance) -> str:
    """Camunda's key of one decision of an evaluation."""
    return f"{row.evaluation_key}-{row.number}"


def in_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def inputs(row: DecisionInstance) -> list[EvaluatedInput]:
    return [
        EvaluatedInput(
            input_id=seen["id"], input_name=seen["name"], input_value=in_json(seen["value"])
        )
        for seen in row.inputs
    ]


def rules(row: DecisionInstance) -> list[MatchedRule]:
    return [_rule(rule) for rule in row.rules]


def _rule(rule: Mapping[str, Any]) -> MatchedRule:
    named = {"rule_id": rule["id"], "rule_index": rule["index"]}
    outputs = [
        EvaluatedOutput(
            output_id=made["id"],
            output_name=made["name"],
            output_value=in_json(made["value"]),
            **named,
        )
        for made in rule["outputs"]
    ]
    return MatchedRule(evaluated_outputs=outputs, **named)
