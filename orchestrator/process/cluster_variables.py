"""Cluster variables: values that the expressions of all processes see, or those of one tenant.

They are kept in the tenant that has the users, for it and all tenants made from it. Expressions see
them as `camunda.vars.cluster`, `camunda.vars.tenant`, and both together, the tenant's first, as
`camunda.vars.env`; a variable `camunda` of the process hides them.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.feel import AMBIENT
from orchestrator.kernel.errors import Conflict, InvalidInput, NotFound
from orchestrator.store import sql
from orchestrator.store.tables import ClusterVariable
from orchestrator.store.unit import Unit
from orchestrator.work.limits import check_payload

ALL: Final = ""
"""Instead of a tenant: for all."""
LONGEST: Final = 8192
"""Characters of a value as JSON, and of what is noted about it."""

Metadata = Mapping[str, str | int | float]


def create(unit: Unit, of: str, name: str, value: Any, metadata: Metadata) -> ClusterVariable:
    """For the tenant `of`, or ALL. Raises Conflict (cluster_variable.exists), InvalidInput."""
    _check(value, metadata)
    if _find(unit, of, name) is not None:
        text = f"There is a cluster variable {name!r} already."
        raise Conflict(text, code="cluster_variable.exists")
    row = ClusterVariable(
        key=unit.keys.next(),
        tenant_id=unit.tenant_id,
        of_tenant=of,
        name=name,
        value={"v": value},
        details=dict(metadata),
        created_at=unit.now,
    )
    unit.session.add(row)
    _record(unit, row, "created", value=value, metadata=metadata)
    return row


def get(unit: Unit, of: str, name: str) -> ClusterVariable:
    """Raises NotFound."""
    row = _find(unit, of, name)
    if row is None:
        raise NotFound(f"There is no cluster variable {name!r}.", code="cluster_variable.not_found")
    return row


def all_of(unit: Unit, tenants: Collection[str]) -> Sequence[ClusterVariable]:
    """Those for all and those of the tenants, by name."""
    query = select(ClusterVariable).where(
        ClusterVariable.tenant_id == unit.tenant_id,
        col(ClusterVariable.of_tenant).in_([ALL, *tenants]),
    )
    order = col(ClusterVariable.name), col(ClusterVariable.of_tenant)
    return unit.session.exec(query.order_by(*order)).all()


def change(
    unit: Unit, of: str, name: str, value: Any, metadata: Metadata | None
) -> ClusterVariable:
    """None leaves the metadata. Raises NotFound, InvalidInput."""
    row = get(unit, of, name)
    kept = row.details if metadata is None else dict(metadata)
    _check(value, kept)
    _record(unit, row, "changed", before=row.value["v"], value=value, metadata=kept)
    row.value, row.details = {"v": value}, kept
    unit.session.add(row)
    return row


def delete(unit: Unit, of: str, name: str) -> None:
    """Raises NotFound."""
    row = get(unit, of, name)
    unit.session.delete(row)
    _record(unit, row, "deleted", before=row.value["v"])


class Ambient:
    """What the expressions of a command see: read when the first one asks, the same for all."""

    __slots__ = ("_seen", "_unit")

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._seen: Mapping[str, Any] | None = None

    def __call__(self) -> Mapping[str, Any]:
        if self._seen is None:
            self._seen = seen(self._unit)
        return self._seen


def seen(unit: Unit) -> Mapping[str, Any]:
    of_all, own = dict[str, Any](), dict[str, Any]()
    for row in sql.execute(unit, "cluster_variables"):
        (of_all if row.of_tenant == ALL else own)[row.name] = row.value["v"]
    return {AMBIENT: {"vars": {"cluster": of_all, "tenant": own, "env": {**of_all, **own}}}}


def _find(unit: Unit, of: str, name: str) -> ClusterVariable | None:
    query = select(ClusterVariable).where(
        ClusterVariable.tenant_id == unit.tenant_id,
        ClusterVariable.of_tenant == of,
        ClusterVariable.name == name,
    )
    return unit.session.exec(query.with_for_update()).one_or_none()


def _check(value: Any, metadata: Metadata) -> None:
    for part in (value, metadata):
        check_payload(part)
        if len(json.dumps(part, ensure_ascii=False)) > LONGEST:
            raise InvalidInput(f"A cluster variable may have {LONGEST} characters of JSON.")


def _record(unit: Unit, row: ClusterVariable, what: str, **facts: Any) -> None:
    named = {"name": row.name, "tenant": row.of_tenant or None}
    stream = f"cluster-variable/{row.key}"
    append(unit, stream, f"cluster_variable.{what}", {**named, **facts})
