"""What an evaluated decision saw, matched and gave, as JSON for the record."""

from collections.abc import Iterable
from typing import Any

from orchestrator.dmn.model import Decision, Definitions, Evaluated
from orchestrator.dmn.table import MatchedRule, Output
from orchestrator.feel import to_json

TABLE, EXPRESSION = "DECISION_TABLE", "LITERAL_EXPRESSION"


def explain(definitions: Definitions, made: Evaluated) -> dict[str, Any]:
    """The decision's `id`, `name`, `kind`, `value` and `failure` (see `table.Hit`); of a table
    also `inputs` (of each column id, name and value) and `rules` (of each that matched its index
    from 1, id and outputs)."""
    decision = definitions.decisions[made.decision_id]
    return {
        "id": decision.id,
        "name": decision.name,
        "kind": TABLE if decision.table else EXPRESSION,
        "value": to_json(made.value),
        "failure": made.hit.failure,
        **_table(decision, made),
    }


def _table(decision: Decision, made: Evaluated) -> dict[str, Any]:
    table = decision.table
    if table is None:
        return {"inputs": [], "rules": []}
    inputs = [
        {"id": column.id, "name": column.label, "value": to_json(value)}
        for column, value in zip(table.inputs, made.hit.inputs, strict=False)
    ]
    return {"inputs": inputs, "rules": [_rule(table.outputs, rule) for rule in made.hit.rules]}


def _rule(columns: Iterable[Output], rule: MatchedRule) -> dict[str, Any]:
    outputs = [
        {"id": column.id, "name": column.name, "value": to_json(value)}
        for column, value in zip(columns, rule.outputs, strict=True)
    ]
    return {"index": rule.number, "id": rule.id, "outputs": outputs}
