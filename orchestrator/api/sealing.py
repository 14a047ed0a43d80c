"""What was read of an invoice is sealed for everyone who could take a second look at it.

From its process instance's start until the lot is drawn, and, when it is drawn, until the look is
settled, nobody without SEE_SEALED is sent what the instance holds; nor what the instances hold
that it called or that called it. Whoever has SEE_SEALED cannot take the look
(`people.who_may`). The process engine and the runs of agents do not come this way.

Queries ask here: by process instance, work item, run, document or task; nothing is sealed by a
rule of its own.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SQLColumnExpression,
    func,
    literal,
    select,
    true,
    union,
)
from sqlalchemy.orm import aliased
from sqlmodel import col, or_

from orchestrator.api.security import Person
from orchestrator.kernel.errors import Forbidden
from orchestrator.people import tasks
from orchestrator.people.roles import Permission
from orchestrator.process.sealed import Keys, sealed, waiting
from orchestrator.store.tables import (
    Attempt,
    ProcessInstance,
    RunArtifact,
    SecondLook,
    UserTask,
    Variable,
    WorkFile,
    WorkItem,
)
from orchestrator.store.unit import Unit

DOCUMENT = "document"
"""The variable that holds the invoice's file, which is no secret."""

_Parent = aliased(WorkItem)
OF_ITEM: ColumnElement[int | None] = func.coalesce(
    col(WorkItem.instance_key),
    select(col(_Parent.instance_key))
    .where(col(_Parent.key) == WorkItem.parent_key)
    .scalar_subquery(),
)
"""The process instance of a work item; of an output, that of the item it was made of."""


def unsealed(caller: Person, instance_key: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The condition that a row of the process instance `instance_key` may be sent to the caller.
    One that is compared with what the caller asks for must fulfil it, too: who searches for a
    value until an instance is found has learnt it."""
    if caller.standing.may(Permission.SEE_SEALED):
        return true()
    return or_(instance_key.is_(None), instance_key.not_in(sealed(caller.tenants)))


def unsealed_run(caller: Person, run_key: SQLColumnExpression[Any]) -> ColumnElement[bool]:
    """The same of what a run said and left behind: it may have had several work items."""
    if caller.standing.may(Permission.SEE_SEALED):
        return true()
    had = (
        select(col(Attempt.run_key))
        .join(WorkItem, col(WorkItem.key) == Attempt.item_key)
        .where(col(Attempt.run_key) == run_key, OF_ITEM.in_(sealed(caller.tenants)))
    )
    return ~had.exists()


def sealed_of(unit: Unit, caller: Person, instance_keys: Collection[int]) -> set[int]:
    """The instances of these about which the caller may not be sent what was read."""
    if caller.standing.may(Permission.SEE_SEALED):
        return set()
    return _among(unit, instance_keys, sealed(caller.tenants))


def check(unit: Unit, caller: Person, instance_key: int | None) -> None:
    """Raises Forbidden (second_look.sealed) when what is about the instance is sealed."""
    if instance_key is not None and sealed_of(unit, caller, [instance_key]):
        raise _sealed()


def check_item(unit: Unit, caller: Person, item_key: int) -> None:
    """As `check`, of the work item's instance."""
    query = select(OF_ITEM).where(col(WorkItem.key) == item_key)
    check(unit, caller, unit.session.scalars(query).one())


def check_run(unit: Unit, caller: Person, run_key: int) -> None:
    """Raises Forbidden (second_look.sealed) as `unsealed_run`."""
    query = select(unsealed_run(caller, literal(run_key, BigInteger)))
    if not unit.session.scalars(query).one():
        raise _sealed()


def check_document(unit: Unit, caller: Person, digest: str) -> None:
    """Raises Forbidden (second_look.sealed) for what bots have made of a sealed invoice; the
    invoice itself is no secret."""
    if caller.standing.may(Permission.SEE_SEALED):
        return
    of_file = select(col(WorkFile.item_key)).where(
        unit.within(col(WorkFile.tenant_id)), col(WorkFile.digest) == digest
    )
    of_run = (
        select(col(Attempt.item_key))
        .join(RunArtifact, col(RunArtifact.run_key) == Attempt.run_key)
        .where(unit.within(col(RunArtifact.tenant_id)), col(RunArtifact.digest) == digest)
    )
    owners = select(OF_ITEM).where(col(WorkItem.key).in_(union(of_file, of_run)))
    keys = {key for key in unit.session.scalars(owners) if key is not None}
    if sealed_of(unit, caller, keys) and not _is_invoice(unit, keys, digest):
        raise _sealed()


def shows(unit: Unit, caller: Person, task: UserTask) -> bool:
    """Whether the caller is told what their task is about. Before the lot is drawn everyone is,
    and while a look is open who has claimed the task; as the look is then for others, that is
    kept."""
    if task.instance_key is None or not sealed_of(unit, caller, [task.instance_key]):
        return True
    if task.assignee != caller.user.username and _waits(unit, task.instance_key):
        return False
    tasks.show(unit, task.key, caller.user)
    return True


def _sealed() -> Forbidden:
    return Forbidden(
        "this invoice may get a blind second look, or waits for one; what was read is shown when"
        " that is settled",
        code="second_look.sealed",
    )


def _waits(unit: Unit, instance_key: int) -> bool:
    return bool(_among(unit, [instance_key], waiting(unit.tenants)))


def _among(unit: Unit, instance_keys: Collection[int], these: Keys) -> set[int]:
    key = col(ProcessInstance.key)
    query = select(key).where(key.in_(instance_keys), key.in_(these))
    return set(unit.session.scalars(query))


def _is_invoice(unit: Unit, instance_keys: Collection[int], digest: str) -> bool:
    variable = select(col(Variable.key)).where(
        col(Variable.instance_key).in_(instance_keys),
        col(Variable.name) == DOCUMENT,
        col(Variable.value)["v"]["documentId"].astext == digest,
    )
    look = select(col(SecondLook.key)).where(
        col(SecondLook.instance_key).in_(instance_keys),
        col(SecondLook.document)["documentId"].astext == digest,
    )
    return bool(unit.session.scalars(select(or_(variable.exists(), look.exists()))).one())
