"""Who may do a task."""

from sqlmodel import col, or_, select

from orchestrator.kernel.errors import Forbidden
from orchestrator.people import standing
from orchestrator.people.lifecycle import COMPLETED
from orchestrator.people.roles import Permission, Role
from orchestrator.people.standing import Standing
from orchestrator.store.tables import SecondLook, User, UserTask
from orchestrator.store.unit import Unit


def check(unit: Unit, task: UserTask, user: User) -> None:
    """Raises `Forbidden` when the task is for others (task.not_candidate), or when the user did
    an earlier task that it must be separate from (task.separation_of_duties): nobody, an
    administrator neither, approves what they entered. A second look is for none who may see what
    the bot read (second_look.not_blind), nor for who had a task of the same invoice."""
    stands = standing.of(unit, user)
    if not is_candidate(task, user, stands):
        raise Forbidden(
            f"this task is for {', '.join(task.candidate_groups or ())}", code="task.not_candidate"
        )
    if task.separate_from and _has_done(unit, task, user.username):
        raise Forbidden(
            "you entered or reviewed this data, so someone else must decide about it",
            code="task.separation_of_duties",
        )
    if task.look_key is not None:
        _check_look(unit, task.look_key, user, stands)


def is_candidate(task: UserTask, user: User, stands: Standing) -> bool:
    """Whether the task is open to all, to a role or group of the user, or assigned to the user."""
    groups = set(task.candidate_groups or ())
    mine = stands.roles | stands.groups
    is_one = bool(mine & groups) or Role.ADMIN in stands.roles
    return not groups or task.assignee == user.username or is_one


def _has_done(unit: Unit, task: UserTask, username: str) -> bool:
    query = select(UserTask.key).where(
        UserTask.tenant_id == unit.tenant_id,
        UserTask.instance_key == task.instance_key,
        col(UserTask.element_id).in_(task.separate_from or ()),
        UserTask.state == COMPLETED,
        UserTask.completed_by == username,
    )
    return unit.session.exec(query).first() is not None


def _check_look(unit: Unit, look_key: int, user: User, stands: Standing) -> None:
    if stands.may(Permission.SEE_SEALED):
        raise Forbidden(
            "your roles let you see what the bot read, so someone else must take this look",
            code="second_look.not_blind",
        )
    look = unit.session.exec(
        select(SecondLook).where(
            SecondLook.tenant_id == unit.tenant_id, col(SecondLook.key) == look_key
        )
    ).one()
    if look.answered_by == user.username or _has_worked_on(unit, look.instance_key, user.username):
        raise Forbidden(
            "you had this invoice before, so someone else must look at it",
            code="task.separation_of_duties",
        )


def _has_worked_on(unit: Unit, instance_key: int, username: str) -> bool:
    query = select(UserTask.key).where(
        UserTask.tenant_id == unit.tenant_id,
        UserTask.instance_key == instance_key,
        or_(col(UserTask.completed_by) == username, col(UserTask.assignee) == username),
    )
    return unit.session.exec(query).first() is not None
