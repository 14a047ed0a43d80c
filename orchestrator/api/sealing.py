"""What was read of an invoice is sealed while it waits for a second look: nobody who could take
that look is sent it. Whoever may see it all the same cannot take the look (`people.who_may`)."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, true
from sqlmodel import col, or_, select

from orchestrator.api.security import Person
from orchestrator.kernel.errors import Forbidden
from orchestrator.people.roles import Permission
from orchestrator.process.look_answers import SETTLED
from orchestrator.store.tables import SecondLook
from orchestrator.store.unit import Unit

_WAITING = select(SecondLook.instance_key).where(SecondLook.state != SETTLED)


def unsealed(
    unit: Unit, caller: Person, instance_key: SQLColumnExpression[Any]
) -> ColumnElement[bool]:
    """The condition that a row of the process instance `instance_key` may be sent to the caller."""
    if caller.standing.may(Permission.SEE_SEALED):
        return true()
    here = SecondLook.tenant_id == unit.tenant_id
    return or_(instance_key.is_(None), instance_key.not_in(_WAITING.where(here)))


def open_to_all(instance_key: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The condition that a row may be compared with what anyone asks for: who searches for a
    value until an instance is found has learnt it, too."""
    return instance_key.not_in(_WAITING)


def sealed_of(unit: Unit, caller: Person, instance_keys: Collection[int]) -> set[int]:
    """The instances of these about which the caller may not be sent what was read."""
    waiting = select(SecondLook.instance_key).where(
        SecondLook.tenant_id == unit.tenant_id,
        col(SecondLook.instance_key).in_(instance_keys),
        ~unsealed(unit, caller, col(SecondLook.instance_key)),
    )
    return set(unit.session.exec(waiting))


def is_sealed(unit: Unit, caller: Person, instance_key: int | None) -> bool:
    """Whether what is about the instance may not be sent to the caller."""
    return instance_key is not None and bool(sealed_of(unit, caller, [instance_key]))


def check(unit: Unit, caller: Person, instance_key: int | None) -> None:
    """Raises Forbidden (second_look.sealed) as `is_sealed`."""
    if is_sealed(unit, caller, instance_key):
        raise Forbidden(
            "this invoice waits for a second look; what was read is shown again afterwards",
            code="second_look.sealed",
        )
