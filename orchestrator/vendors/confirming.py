"""Who confirmed an invoice: a person who did a task of its process instance and vouched for it, or
whose blind second look settled what it says."""

from sqlmodel import col, select

from orchestrator.store.tables import SecondLook, UserTask
from orchestrator.store.unit import Unit


def confirmed_by(unit: Unit, instance_key: int) -> str | None:
    """The last person whose result of a task was the invoice, else who settled its second look;
    None when nobody looked at it."""
    return _reviewer(unit, instance_key) or _second(unit, instance_key)


def _reviewer(unit: Unit, instance_key: int) -> str | None:
    query = (
        select(UserTask.completed_by)
        .where(UserTask.tenant_id == unit.tenant_id, UserTask.instance_key == instance_key)
        .where(UserTask.state == "COMPLETED", col(UserTask.result).op("?")("invoice"))
        .order_by(col(UserTask.completed_at).desc())
    )
    return unit.session.exec(query).first()


def _second(unit: Unit, instance_key: int) -> str | None:
    query = select(SecondLook.settled_by).where(
        SecondLook.tenant_id == unit.tenant_id,
        SecondLook.instance_key == instance_key,
        col(SecondLook.settled_at).is_not(None),
    )
    return unit.session.exec(query).first()
