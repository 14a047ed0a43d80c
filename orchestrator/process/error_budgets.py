"""The error budgets of queues and vendor groups: configured, drawn on, learned from."""

import secrets

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import select

from orchestrator import quality
from orchestrator.audit import append
from orchestrator.kernel.errors import InvalidInput
from orchestrator.quality import Policy, Standing
from orchestrator.store import keyed
from orchestrator.store.tables import ErrorBudget
from orchestrator.store.unit import Unit

LEAST = 0.005
"""The smallest share of second looks that can be set: without looks nothing is known."""


def of(unit: Unit, queue: str, vendor_group: str) -> ErrorBudget:
    """The budget of a queue's readings of a group of vendors; the default one when it is new."""
    where = {"tenant_id": unit.tenant_id, "queue": queue, "vendor_group": vendor_group}
    query = select(ErrorBudget).filter_by(**where)
    found = unit.session.exec(query).one_or_none()
    if found is not None:
        return found
    policy = Policy()
    standing = quality.first(policy)
    row = {
        **where,
        "key": unit.keys.next(),
        "budget": policy.budget,
        "least": policy.least,
        "most": policy.most,
        "standing": standing.as_json(),
        "state": standing.state,
        "share": standing.share,
        "state_since": unit.now,
        "secret": secrets.token_bytes(32),
    }
    unit.session.connection().execute(insert(ErrorBudget).values(row).on_conflict_do_nothing())
    return unit.session.exec(query).one()


def get(unit: Unit, key: int) -> ErrorBudget:
    """Raises NotFound."""
    return keyed.get(unit, ErrorBudget, key, f"There is no error budget {key}.")


def configure(unit: Unit, queue: str, vendor_group: str, policy: Policy) -> ErrorBudget:
    """Set the policy of a budget, on the record. Raises InvalidInput (error_budget.policy)."""
    _check(policy)
    row = _lock(unit, of(unit, queue, vendor_group).key)
    before = policy_of(row)
    row.budget, row.least, row.most = policy.budget, policy.least, policy.most
    facts = {"before": _plain(before), "after": _plain(policy)}
    append(unit, _stream(row), "error_budget.configured", facts)
    _stand(unit, row, quality.under(Standing.from_json(row.standing), before, policy))
    return row


def learn(unit: Unit, key: int, wrong: int, share: float) -> Standing:
    """A look at one of the budget's invoices, drawn with `share`, has found `wrong` fields wrong:
    automation tightens or loosens by it, on the record."""
    row = _lock(unit, key)
    standing = quality.after(Standing.from_json(row.standing), policy_of(row), wrong, share)
    _stand(unit, row, standing)
    return standing


def _lock(unit: Unit, key: int) -> ErrorBudget:
    return keyed.lock(unit, ErrorBudget, key, f"There is no error budget {key}.")


def _stand(unit: Unit, row: ErrorBudget, standing: Standing) -> None:
    before = row.state
    row.standing, row.share = standing.as_json(), standing.share
    if standing.state != before:
        row.state, row.state_since = standing.state, unit.now
        facts = {
            "before": before,
            "state": standing.state,
            "budget": row.budget,
            "looks": standing.looks,
            "estimate": standing.estimate,
            "bound": standing.bound(policy_of(row)),
            "share": standing.share,
        }
        append(unit, _stream(row), "error_budget.state_changed", facts)
    unit.session.add(row)
    unit.notify("error-budget", row.key)


def _check(policy: Policy) -> None:
    if not 0 < policy.budget < 1:
        raise InvalidInput(
            f"The budget is a share of wrong fields, like 0.001, not {policy.budget}.",
            code="error_budget.policy",
        )
    if not LEAST <= policy.least <= policy.most <= 1:
        raise InvalidInput(
            f"The shares of second looks rise from at least {LEAST} to at most 1; `least` is "
            f"{policy.least}, `most` {policy.most}.",
            code="error_budget.policy",
        )


def policy_of(row: ErrorBudget) -> Policy:
    """What was set, or the default."""
    return Policy(row.budget, row.least, row.most)


def _plain(policy: Policy) -> dict[str, float]:
    return {"budget": policy.budget, "least": policy.least, "most": policy.most}


def _stream(row: ErrorBudget) -> str:
    return f"error-budget/{row.key}"
