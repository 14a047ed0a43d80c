"""What roles allow, and the life of tasks."""

import itertools

import pytest

from orchestrator.kernel.errors import Conflict, NotSupported
from orchestrator.people import grants
from orchestrator.people.lifecycle import NEXT, move
from orchestrator.people.roles import ALLOWED, Permission, Role, granted
from orchestrator.store.tables import UserTask


def test_everyone_may_look_and_an_unknown_role_allows_nothing() -> None:
    assert all(Permission.LOOK in granted([role]) for role in Role)
    assert not granted(["janitor"])


def test_only_administrators_manage_users() -> None:
    assert [role for role in Role if Permission.MANAGE_USERS in ALLOWED[role]] == [Role.ADMIN]


@pytest.mark.parametrize("permission", grants.GRANTS)
def test_what_is_authorized_is_permitted_and_no_more(permission: Permission) -> None:
    resource, types = grants.GRANTS[permission]
    grants.check(resource, [*types, *grants.READS.get(resource, ())])
    assert permission in grants.permitted(resource, types)
    for other in grants.permitted(resource, types):
        assert set(grants.GRANTS[other][1]) <= set(types)
    assert permission not in grants.permitted(resource, types[1:])


def test_administering_users_cannot_be_authorized_in_parts() -> None:
    for resource, types in grants.ADMINISTERED.items():
        with pytest.raises(NotSupported):
            grants.check(resource, types)


@pytest.mark.parametrize(("before", "after"), [*itertools.product(NEXT, NEXT)])
def test_a_task_moves_only_as_the_table_says(before: str, after: str) -> None:
    task = UserTask(state=before)
    if after in NEXT[before]:
        move(task, after)
        assert task.state == after
    else:
        with pytest.raises(Conflict):
            move(task, after)
