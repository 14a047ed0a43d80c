"""What people answer to second looks, and what follows: for the budget, and for the invoice."""

from typing import Any, Final

from orchestrator import bpmn, quality
from orchestrator.bpmn.commands import CompleteElement
from orchestrator.people import tasks
from orchestrator.process import error_budgets
from orchestrator.process.execute import execute, lock
from orchestrator.process.loading import RowLoader
from orchestrator.process.second_looks import URGENT, ask, record
from orchestrator.store import keyed
from orchestrator.store.tables import ProcessInstance, SecondLook, User, UserTask
from orchestrator.store.unit import Unit
from orchestrator.vendors import memory as vendors
from orchestrator.vendors.confirming import LOOK
from orchestrator.work import items
from orchestrator.work.model import NewItem

DISPUTED: Final = "DISPUTED"
SETTLED: Final = "SETTLED"


def answer(unit: Unit, task: UserTask, user: User, said: dict[str, Any]) -> UserTask:
    """A person says what the invoice reads: all key fields at the first look, the disputed ones
    at the one that settles it. Raises InvalidInput (second_look.unreadable), and as
    `people.tasks.complete` does."""
    assert task.look_key is not None  # noqa: S101  it is a task of a look
    missing = f"There is no second look {task.look_key}."
    instance = lock(unit, keyed.get(unit, SecondLook, task.look_key, missing).instance_key)
    look = keyed.lock(unit, SecondLook, task.look_key, missing)
    agreed = _agreed(look)
    values = quality.stated({**said, **agreed})
    done = tasks.complete(unit, task.key, user, values)
    if look.state == DISPUTED or not quality.differing(values, look.reading):
        _settle(unit, instance, look, user, values)
    else:
        look.state, look.answer, look.answered_by = DISPUTED, values, user.username
        record(unit, look, "second_look.disputed", {})
        ask(unit, look)
    return done


def disputed(look: SecondLook) -> list[str]:
    """The fields in which the first person read otherwise than the bot."""
    return quality.differing(look.answer, look.reading) if look.answer else []


def _agreed(look: SecondLook) -> dict[str, str]:
    return {name: v for name, v in (look.answer or {}).items() if name not in disputed(look)}


def _settle(
    unit: Unit, instance: ProcessInstance, look: SecondLook, user: User, truth: dict[str, str]
) -> None:
    wrong = quality.differing(truth, look.reading)
    standing = error_budgets.learn(unit, look.budget_key, len(wrong), look.share)
    policy = error_budgets.policy_of(error_budgets.get(unit, look.budget_key))
    look.state, look.truth, look.wrong = SETTLED, truth, wrong
    look.settled_at, look.settled_by = unit.now, user.username
    look.state_after = standing.state
    look.estimate, look.bound = standing.estimate, standing.bound(policy)
    record(unit, look, "second_look.settled", {"wrong": wrong, "truth": truth})
    loader = RowLoader(unit, instance.key)
    if look.element_key is not None and loader.element(look.element_key) is not None:
        seen = bpmn.State(loader).visible(look.element_key)
        execute(unit, instance, CompleteElement(look.element_key, _outcome(seen, truth, wrong)))
    elif wrong and look.element_key is None:
        _tell(unit, look, wrong)
        _teach(unit, look, truth, wrong)


def _outcome(seen: dict[str, Any], truth: dict[str, str], wrong: list[str]) -> dict[str, Any]:
    return {"wrong": wrong, "corrected": _corrected(seen.get("invoice") or {}, truth, wrong)}


def _corrected(invoice: dict[str, Any], truth: dict[str, str], wrong: list[str]) -> dict[str, Any]:
    return {**invoice, "fields": quality.corrected(invoice.get("fields") or {}, truth, wrong)}


def _teach(unit: Unit, look: SecondLook, truth: dict[str, str], wrong: list[str]) -> None:
    """The vendor's memory must not keep what the misread invoice has taught: that is withdrawn at
    once, and the bot learns from the right values."""
    vendors.withdraw(unit, look.instance_key, look.key)
    if look.lesson is None:
        return
    payload: dict[str, Any] = look.lesson["payload"]
    invoice = _corrected(payload["invoice"], truth, wrong)
    items.enqueue(
        unit,
        NewItem(
            queue=look.lesson["queue"],
            payload={**payload, "invoice": invoice, "reviewed": True},
            headers={LOOK: str(look.key)},
            instance_key=look.instance_key,
        ),
    )


def _tell(unit: Unit, look: SecondLook, wrong: list[str]) -> None:
    """The invoice went on with wrong values: somebody must put right what was booked."""
    truth = look.truth or {}
    changes = "; ".join(f"{n}: {look.reading[n] or '–'} → {truth[n] or '–'}" for n in wrong)
    tasks.open(
        unit,
        tasks.NewTask(
            kind=tasks.TASK,
            name="Put right what was booked",
            candidate_groups=("clerk",),
            priority=URGENT,
            instance_key=look.instance_key,
            exception={"type": "BUSINESS", "code": "second_look.wrong", "message": changes},
        ),
    )
