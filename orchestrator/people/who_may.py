"""Who may do a task."""

from sqlmodel import col, select

from orchestrator.kernel.errors import Forbidden
from orchestrator.people import blindness, standing
from orchestrator.people.lifecycle import COMPLETED
from orchestrator.people.roles import Permission, Role
from orchestrator.people.standing import Standing
from orchestrator.store.tables import SecondLook, User, UserTask
from orchestrator.store.unit import Unit


def check(unit: Unit, task: UserTask, user: User) -> None:
    """Raises `Forbidden` when the task is for others (task.not_candidate), or when the user did
    an earlier task that it must be separate from (task.separation_of_duties): nobody, an
    administrator neither, approves what they entered. A second look is for none who may see what
    the bot read (second_look.not_blind), nor for who has seen it or had a task of the invoice."""
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
    if look.answered_by == user.username or blindness.has_seen(unit, user, look.instance_key):
        raise Forbidden(
            "you have had this invoice before, or could see what was read of it, so someone else"
            " must look at it",
            code="task.separation_of_duties",
        )
