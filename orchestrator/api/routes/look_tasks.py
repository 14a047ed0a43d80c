"""What the task of a second look shows: the page, and never which value the bot read."""

from typing import Any

from sqlmodel import col, select

from orchestrator.process.look_answers import disputed
from orchestrator.store.tables import SecondLook
from orchestrator.store.unit import Unit


def titles(unit: Unit, keys: set[int]) -> dict[int | None, str | None]:
    """The names of the looks' files."""
    return {look.key: title(look) for look in _of(unit, keys)}


def title(look: SecondLook) -> str | None:
    metadata: dict[str, Any] = (look.document or {}).get("metadata") or {}
    return metadata.get("fileName")


def variables(unit: Unit, key: int) -> dict[str, Any]:
    """`disputed`, when two have read differently: of each such field both values, in an order
    that does not tell whose is whose."""
    (look,) = _of(unit, {key})
    answer = look.answer or {}
    both = {name: sorted({answer[name], look.reading[name]}) for name in disputed(look)}
    return {"document": look.document, "disputed": both}


def _of(unit: Unit, keys: set[int]) -> list[SecondLook]:
    query = select(SecondLook).where(
        unit.within(col(SecondLook.tenant_id)), col(SecondLook.key).in_(keys)
    )
    return list(unit.session.exec(query)) if keys else []
