"""Which process instances are sealed: what was read there must not reach who could look again."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import CompoundSelect, Select, select, union
from sqlmodel import col

from orchestrator.process.look_answers import SETTLED
from orchestrator.store.tables import ProcessDefinition, ProcessInstance, SecondLook

Keys = Select[Any] | CompoundSelect[Any]
_KEY, _PARENT = col(ProcessInstance.key), col(ProcessInstance.parent_key)


def sealed(tenants: Collection[str]) -> Keys:
    """The keys of those whose lot is not drawn yet and of those whose look waits, with what they
    called and what called them, which may hold the same values."""
    return _with_relatives(union(_undrawn(tenants), _waiting(tenants)))


def waiting(tenants: Collection[str]) -> Keys:
    """The keys of those alone whose look waits, with what they called and what called them."""
    return _with_relatives(_waiting(tenants))


def _undrawn(tenants: Collection[str]) -> Select[Any]:
    drawing = select(col(ProcessDefinition.key)).where(
        col(ProcessDefinition.tenant_id).in_(tenants), col(ProcessDefinition.draws_looks)
    )
    return select(_KEY.label("key")).where(
        col(ProcessInstance.tenant_id).in_(tenants),
        col(ProcessInstance.definition_key).in_(drawing),
        col(ProcessInstance.ended_at).is_(None),
        col(ProcessInstance.drawn_at).is_(None),
    )


def _waiting(tenants: Collection[str]) -> Select[Any]:
    return select(col(SecondLook.instance_key).label("key")).where(
        col(SecondLook.tenant_id).in_(tenants), col(SecondLook.state) != SETTLED
    )


def _with_relatives(keys: Keys) -> Keys:
    own = keys.cte()
    above = select(own.c.key).cte(recursive=True)
    caller = select(_PARENT).join(above, above.c.key == _KEY).where(_PARENT.is_not(None))
    above = above.union(caller)
    below = select(own.c.key).cte(recursive=True)
    below = below.union(select(_KEY).join(below, below.c.key == _PARENT))
    return union(select(above.c.key), select(below.c.key))
