"""Every pair of states is either in the table or refused."""

from datetime import UTC, datetime, timedelta

import pytest

from orchestrator.kernel.errors import Conflict
from orchestrator.store.tables import WorkItem
from orchestrator.work.lifecycle import NEXT, move

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def item(state: str) -> WorkItem:
    return WorkItem(
        key=1, queue="q", state=state, run_key=7, lease_deadline=NOW, fencing_token=3,
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip


@pytest.mark.parametrize("before", NEXT)
@pytest.mark.parametrize("after", NEXT)
def test_only_what_the_table_says_is_allowed(before: str, after: str) -> None:
    moved, later = item(before), NOW + timedelta(seconds=1)
    if after in NEXT[before]:
        move(moved, after, later)
        assert (moved.state, moved.updated_at, moved.lease_deadline) == (after, later, None)
        assert (moved.run_key, moved.fencing_token) == (7, 3)
    else:
        with pytest.raises(Conflict, match=f"is {before} and cannot become {after}") as refused:
            move(moved, after, later)
        assert refused.value.code == "work_item.state"
        assert moved == item(before)


def test_every_state_a_state_leads_to_is_known() -> None:
    assert set().union(*NEXT.values()) <= NEXT.keys()
