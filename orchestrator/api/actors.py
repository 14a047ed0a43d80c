"""Who did it, in the words of the Camunda 8 API. Ours: user:anna, agent:123, run:456, system."""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, case, func

TYPES = {"user": "USER", "agent": "CLIENT", "run": "CLIENT"}


def actor_type(actor: SQLColumnExpression[Any]) -> ColumnElement[str]:
    return case(TYPES, value=func.split_part(actor, ":", 1), else_="UNKNOWN")


def actor_id(actor: SQLColumnExpression[Any]) -> ColumnElement[str]:
    """The name or key behind the kind; of the system itself its whole name."""
    named = func.split_part(actor, ":", 2)
    return case((named == "", actor), else_=named)


def described(actor: str) -> dict[str, str]:
    """`actor_type` and `actor_id` of one."""
    kind, _, name = actor.partition(":")
    return {"actor_type": TYPES.get(kind, "UNKNOWN"), "actor_id": name or actor}
