"""What roles allow, and the life of tasks."""

import itertools

import pytest

from orchestrator.kernel.errors import Conflict
from orchestrator.people.lifecycle import NEXT, move
from orchestrator.people.roles import ALLOWED, Permission, Role, may
from orchestrator.store.tables import UserTask


def test_everyone_may_look_and_an_unknown_role_allows_nothing() -> None:
    assert all(may([role], Permission.LOOK) for role in Role)
    assert not any(may(["janitor"], permission) for permission in Permission)


def test_only_administrators_manage_users() -> None:
    assert [role for role in Role if Permission.MANAGE_USERS in ALLOWED[role]] == [Role.ADMIN]


@pytest.mark.parametrize(("before", "after"), [*itertools.product(NEXT, NEXT)])
def test_a_task_moves_only_as_the_table_says(before: str, after: str) -> None:
    task = UserTask(state=before)
    if after in NEXT[before]:
        move(task, after)
        assert task.state == after
    else:
        with pytest.raises(Conflict):
            move(task, after)
