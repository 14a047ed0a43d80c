"""What decisions saw and gave, kept in the transaction that decides."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlmodel import select

from orchestrator.bpmn import events as e
from orchestrator.process.definitions import last
from orchestrator.store.tables import DecisionDefinition, DecisionInstance, ProcessInstance
from orchestrator.store.unit import Unit


def persist(unit: Unit, instance: ProcessInstance, events: Sequence[e.Event]) -> None:
    """The evaluations of business rule tasks."""
    all_made = [x for x in events if isinstance(x, e.DecisionMade)]
    for element_key, group in groupby(all_made, attrgetter("key")):
        made = list(group)
        explained = [x.explained for x in made]
        root = last(unit, DecisionDefinition, decision_id=explained[-1]["id"])
        assert root is not None  # noqa: S101  it has just been evaluated
        owner = (instance.key, element_key)
        keep(unit, unit.keys.next(), root, explained, made[-1].warnings, owner)


def keep(
    unit: Unit,
    key: int,
    root: DecisionDefinition,
    explained: Sequence[Mapping[str, Any]],
    warnings: Sequence[str],
    owner: tuple[int | None, int | None] = (None, None),
) -> list[DecisionInstance]:
    """One row for each decision of the evaluation `key`; the last has its warnings. `owner`:
    process instance and element."""
    query = select(DecisionDefinition).where(
        DecisionDefinition.requirements_key == root.requirements_key
    )
    drawn = {row.decision_id: row for row in unit.session.exec(query)}
    rows = [
        DecisionInstance(
            evaluation_key=key,
            number=number,
            tenant_id=unit.tenant_id,
            decision_key=drawn[found["id"]].key,
            decision_id=found["id"],
            root_key=root.key,
            requirements_key=root.requirements_key,
            name=found["name"],
            version=drawn[found["id"]].version,
            kind=found["kind"],
            result={"v": found["value"]},
            inputs=found["inputs"],
            rules=found["rules"],
            warnings=list(warnings) if number == len(explained) else None,
            failure=found["failure"],
            instance_key=owner[0],
            element_key=owner[1],
            evaluated_at=unit.now,
        )
        for number, found in enumerate(explained, 1)
    ]
    unit.session.add_all(rows)
    return rows
