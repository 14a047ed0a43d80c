"""Who has seen, or could have seen, what was read of an invoice before its second look."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlmodel import col, or_, select

from orchestrator.people.roles import Permission
from orchestrator.people.standing import Standing
from orchestrator.store import keyed, sql
from orchestrator.store.tables import ProcessInstance, User, UserTask
from orchestrator.store.unit import Unit

STEP: Final = timedelta(minutes=1)
"""How exactly it is kept when somebody could see what is sealed: not every request is written."""


def keep_sight(unit: Unit, user: User, stands: Standing) -> None:
    """Keep that the user, who is here now, may see what is sealed. Roles change; what was seen
    under the old ones stays seen."""
    last = user.saw_sealed_at
    if stands.may(Permission.SEE_SEALED) and (last is None or last + STEP <= unit.now):
        sql.execute(unit, "user_sight", key=user.key)  # no session may know the object


def has_seen(unit: Unit, user: User, instance_key: int) -> bool:
    """Whether the user had a task of the invoice or was shown one, or was here with the right to
    see everything since its process instance began. Of what it called and what called it, too."""
    instance = keyed.get(unit, ProcessInstance, instance_key, f"no process instance {instance_key}")
    last = user.saw_sealed_at
    could = last is not None and last + STEP >= instance.started_at
    return could or _had_a_task(unit, user.username, _around(unit, instance_key))


def _around(unit: Unit, instance_key: int) -> list[int]:
    return [row.key for row in sql.execute(unit, "instance_relatives", key=instance_key)]


def _had_a_task(unit: Unit, username: str, instance_keys: Sequence[int]) -> bool:
    query = select(UserTask.key).where(
        UserTask.tenant_id == unit.tenant_id,
        col(UserTask.instance_key).in_(instance_keys),
        or_(
            col(UserTask.completed_by) == username,
            col(UserTask.assignee) == username,
            col(UserTask.seen_by).contains([username]),
        ),
    )
    return unit.session.exec(query).first() is not None
