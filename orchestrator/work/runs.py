"""Runs: one execution of a bot each."""

from sqlalchemy.orm import Session
from sqlmodel import col, select

from orchestrator.kernel.errors import InvalidInput, LeaseLost, NotFound, Unauthenticated
from orchestrator.store import keyed, sql
from orchestrator.store.tables import Run, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import settle
from orchestrator.work.lifecycle import LEASED
from orchestrator.work.model import ORCHESTRATOR, Settled, WorkException, token_digest

EXITED = "EXITED"
GIVEN_BACK = {"CANCELLED", "AGENT_STOPPED"}
OUTCOMES = {EXITED, "TIMEOUT", "MEMORY", "ENVIRONMENT_FAILED", *GIVEN_BACK}


def get(unit: Unit, key: int) -> Run:
    """Raises `NotFound`."""
    return keyed.get(unit, Run, key, f"there is no run {key}")


def by_token(source: Unit | Session, token: str) -> Run:
    """The run this token was made for, of whatever tenant: the caller then acts in that one.

    Raises `Unauthenticated` for an unknown token, `LeaseLost` when the run has ended.
    """
    session = source.session if isinstance(source, Unit) else source
    run = session.scalars(select(Run).where(Run.token_digest == token_digest(token))).one_or_none()
    if run is None:
        raise Unauthenticated("this run token is not known")
    if run.ended_at is not None:
        raise LeaseLost(f"run {run.key} has ended")
    return run


def finish(
    unit: Unit, run_key: int, agent_key: int, outcome: str, exit_code: int | None, message: str
) -> list[Settled]:
    """The agent reports how the run ended; what it still holds is settled: exit code 0
    completes it, a stopped agent or a cancelled run gives it back untried, all else fails it.

    The same report once more changes nothing. Raises `LeaseLost` when the run had been ended
    otherwise, `NotFound` when it is not this agent's.
    """
    if outcome not in OUTCOMES:
        raise InvalidInput(f"a run ends with one of {sorted(OUTCOMES)}, not {outcome!r}")
    run = keyed.lock(unit, Run, run_key, f"there is no run {run_key}")
    if run.agent_key != agent_key:
        raise NotFound(f"there is no run {run_key} of this agent")
    if run.ended_at is not None:
        if (run.outcome, run.exit_code) != (outcome, exit_code):
            raise LeaseLost(f"run {run_key} has ended already: {run.outcome}")
        return []
    run.ended_at, run.outcome, run.exit_code = unit.now, outcome, exit_code
    run.message = message or None
    unit.session.add(run)
    return [_settle(unit, run, item) for item in _held(unit, run)]


def end(unit: Unit, key: int) -> None:
    """What the run of an API client was for is done: it held one item."""
    sql.execute(unit, "run_end", key=key, outcome=EXITED, exit_code=0)


def item_of(unit: Unit, run: Run) -> WorkItem:
    """The item that the run holds now, which need not be the one it was started for. Raises
    `LeaseLost` when it holds none."""
    held = _held(unit, run)
    if not held:
        raise LeaseLost(f"run {run.key} holds no work item")
    return held[0]


def _settle(unit: Unit, run: Run, item: WorkItem) -> Settled:
    if run.outcome == EXITED and run.exit_code == 0:
        done = settle.complete(unit, run.key, item.key)
        assert done is not None  # noqa: S101  the item is locked
        return done
    if run.outcome in GIVEN_BACK:
        return settle.give_back(unit, item)
    code = f"EXIT_{run.exit_code}" if run.outcome == EXITED else run.outcome
    return settle.fail(unit, item, WorkException(ORCHESTRATOR, code, run.message))


def _held(unit: Unit, run: Run) -> list[WorkItem]:
    query = (
        select(WorkItem)
        .where(WorkItem.tenant_id == unit.tenant_id, WorkItem.run_key == run.key)
        .where(WorkItem.state == LEASED)
        .order_by(col(WorkItem.key))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(unit.session.exec(query))
