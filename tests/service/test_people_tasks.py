"""Tasks of people, and that nobody approves what they entered."""

import pytest

from orchestrator.kernel.errors import Conflict, Forbidden
from orchestrator.people import tasks
from orchestrator.people.tasks import NewTask
from orchestrator.people.users import NewUser, create
from orchestrator.store.database import Database
from orchestrator.store.tables import User
from orchestrator.store.unit import Unit

REVIEW = NewTask("task", "Review", candidate_groups=["clerk"], instance_key=1, element_id="review")
APPROVAL = NewTask(
    "task", "Approve", candidate_groups=["approver"], instance_key=1, separate_from=["review"]
)


def user(unit: Unit, name: str, *roles: str) -> User:
    return create(unit, NewUser(name, "a long password", roles))


def test_a_candidate_completes_a_task_once(database: Database) -> None:
    with database.begin(actor="system") as unit:
        anna, task = user(unit, "anna", "clerk"), tasks.open(unit, REVIEW)
        done = tasks.complete(unit, task.key, anna, {"ok": True})
        assert (done.state, done.completed_by, done.result) == ("COMPLETED", "anna", {"ok": True})
        with pytest.raises(Conflict, match="COMPLETED"):
            tasks.complete(unit, task.key, anna, {})


def test_others_may_not(database: Database) -> None:
    with database.begin(actor="system") as unit:
        ben, task = user(unit, "ben", "approver"), tasks.open(unit, REVIEW)
        with pytest.raises(Forbidden) as refused:
            tasks.complete(unit, task.key, ben, {})
        assert refused.value.code == "task.not_candidate"


@pytest.mark.parametrize("roles", [("clerk", "approver"), ("admin",)])
def test_who_entered_the_data_neither_approves_nor_claims(
    database: Database, roles: tuple[str, ...]
) -> None:
    with database.begin(actor="system") as unit:
        anna = user(unit, "anna", *roles)
        tasks.complete(unit, tasks.open(unit, REVIEW).key, anna, {})
        approval = tasks.open(unit, APPROVAL)
        for act in (
            lambda: tasks.complete(unit, approval.key, anna, {}),
            lambda: tasks.assign(unit, approval.key, anna),
        ):
            with pytest.raises(Forbidden) as refused:
                act()
            assert refused.value.code == "task.separation_of_duties"
        ben = user(unit, "ben", "approver")
        assert tasks.complete(unit, approval.key, ben, {}).state == "COMPLETED"


def test_an_assigned_task_belongs_to_one_until_put_back(database: Database) -> None:
    with database.begin(actor="system") as unit:
        anna, carl = user(unit, "anna", "clerk"), user(unit, "carl", "clerk")
        task = tasks.open(unit, REVIEW)
        tasks.assign(unit, task.key, anna)
        with pytest.raises(Conflict):
            tasks.assign(unit, task.key, carl)
        with pytest.raises(Conflict):
            tasks.complete(unit, task.key, carl, {})
        tasks.unassign(unit, task.key)
        assert tasks.assign(unit, task.key, carl).assignee == "carl"


def test_tasks_of_an_ended_element_are_withdrawn(database: Database) -> None:
    with database.begin(actor="system") as unit:
        task = tasks.open(unit, NewTask("task", "T", element_key=7))
        assert [one.key for one in tasks.cancel_for_element(unit, 7)] == [task.key]
        assert tasks.get(unit, task.key).state == "CANCELED"
