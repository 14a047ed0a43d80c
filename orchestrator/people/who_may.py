"""Who may do a task."""

from sqlmodel import col, select

from orchestrator.kernel.errors import Forbidden
from orchestrator.people.lifecycle import COMPLETED
from orchestrator.people.roles import Role
from orchestrator.store.tables import User, UserTask
from orchestrator.store.unit import Unit


def check(unit: Unit, task: UserTask, user: User) -> None:
    """Raises `Forbidden` when the task is for others (task.not_candidate), or when the user did
    an earlier task that it must be separate from (task.separation_of_duties): nobody, an
    administrator neither, approves what they entered."""
    if not is_candidate(task, user):
        raise Forbidden(
            f"this task is for {', '.join(task.candidate_groups or ())}", code="task.not_candidate"
        )
    if task.separate_from and _has_done(unit, task, user.username):
        raise Forbidden(
            "you entered or reviewed this data, so someone else must decide about it",
            code="task.separation_of_duties",
        )


def is_candidate(task: UserTask, user: User) -> bool:
    """Whether the task is open to all, to one of the user's roles, or assigned to the user."""
    groups, roles = set(task.candidate_groups or ()), set(user.roles)
    return not groups or task.assignee == user.username or bool(roles & (groups | {Role.ADMIN}))


def _has_done(unit: Unit, task: UserTask, username: str) -> bool:
    query = select(UserTask.key).where(
        UserTask.tenant_id == unit.tenant_id,
        UserTask.instance_key == task.instance_key,
        col(UserTask.element_id).in_(task.separate_from or ()),
        UserTask.state == COMPLETED,
        UserTask.completed_by == username,
    )
    return unit.session.exec(query).first() is not None
