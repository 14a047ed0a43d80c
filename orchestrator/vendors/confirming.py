"""Who confirmed an invoice: a person who did a task of its process instance and vouched for it."""

from sqlmodel import col, select

from orchestrator.store.tables import UserTask
from orchestrator.store.unit import Unit


def confirmed_by(unit: Unit, instance_key: int) -> str | None:
    """The last person whose result of a task was the invoice; None when nobody looked at it."""
    query = (
        select(UserTask.completed_by)
        .where(UserTask.tenant_id == unit.tenant_id, UserTask.instance_key == instance_key)
        .where(UserTask.state == "COMPLETED", col(UserTask.result).op("?")("invoice"))
        .order_by(col(UserTask.completed_at).desc())
    )
    return unit.session.exec(query).first()
