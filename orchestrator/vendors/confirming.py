"""Who confirmed an invoice: a person who did a task of its process instance and vouched for it, or
whose blind second look settled what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, or_, select

from orchestrator.store.tables import SecondLook, UserTask
from orchestrator.store.unit import Unit

LOOK = "secondLook"
"""The header of the work item that teaches what the second look of that key has corrected."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What an invoice is taught on. `confirmed_by`: the last person whose result of a task was the
    invoice, else who settled its second look; None when nobody looked at it. `corrected`: the key
    of the second look whose corrections are taught, `misread` of one that found wrong what is."""

    confirmed_by: str | None
    corrected: int | None = None
    misread: int | None = None


def basis_of(unit: Unit, instance_key: int, headers: Mapping[str, Any]) -> Basis:
    """On what a work item with these headers teaches the invoice of the process instance."""
    look = _found_misread(unit, instance_key)
    if look is not None and headers.get(LOOK) == str(look.key):
        return Basis(look.settled_by, corrected=look.key)
    person = _reviewer(unit, instance_key) or _second(unit, instance_key)
    return Basis(person, misread=look.key if look else None)


def _found_misread(unit: Unit, instance_key: int) -> SecondLook | None:
    """The second look that found the invoice misread when it had gone on."""
    query = select(SecondLook).where(
        SecondLook.tenant_id == unit.tenant_id,
        SecondLook.instance_key == instance_key,
        col(SecondLook.element_key).is_(None),
        col(SecondLook.wrong) != [],
    )
    return unit.session.exec(query).first()


def _reviewer(unit: Unit, instance_key: int) -> str | None:
    query = (
        select(UserTask.completed_by)
        .where(UserTask.tenant_id == unit.tenant_id, UserTask.instance_key == instance_key)
        .where(UserTask.state == "COMPLETED", col(UserTask.result).op("?")("invoice"))
        .order_by(col(UserTask.completed_at).desc())
    )
    return unit.session.exec(query).first()


def _second(unit: Unit, instance_key: int) -> str | None:
    """Who found it right, or put it right before it went on."""
    query = select(SecondLook.settled_by).where(
        SecondLook.tenant_id == unit.tenant_id,
        SecondLook.instance_key == instance_key,
        col(SecondLook.settled_at).is_not(None),
        or_(col(SecondLook.element_key).is_not(None), col(SecondLook.wrong) == []),
    )
    return unit.session.exec(query).first()
