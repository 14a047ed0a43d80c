"""Blind second looks at what was read and would be booked unseen: drawing and asking.

A service task of the type `deskhand.second_look` is done here, by no agent. Its inputs are
`document`, `invoice` and `straight_through` (false when a person has had the invoice: then there
is nothing unseen, provided that a person did a task of it); its headers `queue` and `vendorGroup`
name the error budget, `lessons` the queue of the bot that learns from confirmed invoices: what was
misread it is sent once more, put right. It lets an invoice pass at once, whether the lot fell on it
or not; but while the budget is exceeded it waits for the look at every one. Its output: `wrong`,
the fields in which the bot was not right, and then `corrected`, the invoice with the truth in their
place (see `look_answers`).
"""

from typing import Any, Final

from sqlmodel import col, or_, select

from orchestrator import bpmn, quality
from orchestrator.audit import append
from orchestrator.bpmn import events as e
from orchestrator.people import tasks
from orchestrator.people.lifecycle import COMPLETED
from orchestrator.process import error_budgets
from orchestrator.store import sql
from orchestrator.store.tables import ErrorBudget, ProcessInstance, SecondLook, UserTask
from orchestrator.store.unit import Unit

TYPE: Final = "deskhand.second_look"
OPEN: Final = "OPEN"
ALL: Final = "all"  # the vendor group where none is named
TASK_NAME: Final = "Second look"
USUAL, URGENT = 50, 80  # urgent: the booking waits


def has_one(process: bpmn.ProcessDefinition) -> bool:
    """Whether the process draws lots: what it reads is sealed until then (`api.sealing`)."""
    return any(x.work is not None and x.work.type == TYPE for x in process.elements.values())


def begin(unit: Unit, instance: ProcessInstance, work: e.WorkCreated) -> dict[str, Any] | None:
    """Draw the invoice's lot. The element's output, or None when it waits for the look."""
    passed: dict[str, Any] = {"wrong": []}
    sql.execute(unit, "instance_drawn", key=instance.key)
    if work.payload.get("straight_through") is False and _has_been_seen(unit, instance.key):
        return passed
    queue = work.headers.get("queue") or instance.process_id
    budget = error_budgets.of(unit, str(queue), str(work.headers.get("vendorGroup") or ALL))
    held = budget.state == quality.EXCEEDED
    if not held and not quality.drawn(budget.secret, instance.key, budget.share):
        return passed
    _open(unit, budget, instance, work, element_key=work.key if held else None)
    return None if held else passed


def ask(unit: Unit, look: SecondLook) -> None:
    """Put the look into the inbox. Nothing ends its task but an answer: it hangs on no element,
    and is kept when its process instance is cancelled."""
    new = tasks.NewTask(
        kind=tasks.SECOND_LOOK,
        name=TASK_NAME,
        candidate_groups=("clerk", "approver"),
        priority=URGENT if look.element_key is not None else USUAL,
        look_key=look.key,
    )
    tasks.open(unit, new)


def record(unit: Unit, look: SecondLook, kind: str, facts: dict[str, Any]) -> None:
    unit.session.add(look)
    append(unit, f"second-look/{look.key}", kind, {"state": look.state, **facts})
    unit.notify("error-budget", look.budget_key)


def _has_been_seen(unit: Unit, instance_key: int) -> bool:
    """Whether a person did a task of the invoice, or settled a look at it. Whoever starts the
    process could say so of any invoice; that would take it out of the lot."""
    task = select(UserTask.key).where(
        UserTask.tenant_id == unit.tenant_id,
        UserTask.instance_key == instance_key,
        UserTask.state == COMPLETED,
    )
    look = select(SecondLook.key).where(
        SecondLook.tenant_id == unit.tenant_id,
        SecondLook.instance_key == instance_key,
        col(SecondLook.settled_at).is_not(None),
    )
    return unit.session.exec(select(or_(task.exists(), look.exists()))).one()


def _open(
    unit: Unit,
    budget: ErrorBudget,
    instance: ProcessInstance,
    work: e.WorkCreated,
    *,
    element_key: int | None,
) -> None:
    invoice, document = work.payload.get("invoice"), work.payload.get("document")
    fields = invoice.get("fields") if isinstance(invoice, dict) else None
    look = SecondLook(
        key=unit.keys.next(),
        tenant_id=unit.tenant_id,
        budget_key=budget.key,
        instance_key=instance.key,
        element_key=element_key,
        state=OPEN,
        document=document if isinstance(document, dict) else None,
        reading=quality.read_by_bot(fields if isinstance(fields, dict) else {}),
        lesson=_lesson(work),
        share=budget.share,
        drawn_at=unit.now,
    )
    record(unit, look, "second_look.drawn", {"instance": str(instance.key), "share": budget.share})
    ask(unit, look)


def _lesson(work: e.WorkCreated) -> dict[str, Any] | None:
    queue, invoice = work.headers.get("lessons"), work.payload.get("invoice")
    if not queue or not isinstance(invoice, dict):
        return None
    return {"queue": str(queue), "payload": work.payload}
