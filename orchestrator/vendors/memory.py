"""Remembering vendors: what was confirmed is added, never changed.

What a confirmation holds is the reading bot's own affair. Here it is kept by tenant and version,
found by the vendor's signs, and believed as far back as the vendor's head says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, delete
from sqlalchemy.dialects.postgresql import ARRAY, TEXT, insert
from sqlmodel import cast, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from orchestrator.audit import append
from orchestrator.kernel.errors import NotFound
from orchestrator.store import keyed
from orchestrator.store.sql import execute
from orchestrator.store.tables import Vendor, VendorVersion
from orchestrator.store.unit import Unit

MOST = 50
"""So many of the last confirmations are recalled: older ones say little about the next invoice."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One confirmed invoice. `vendor_key` is None when the vendor is not known; `signs` are what
    it is known by, the surest first and its name last."""

    vendor_key: int | None
    name: str
    signs: Sequence[str]
    document: str
    instance_key: int | None
    confirmed_by: str | None
    confirmation: Mapping[str, Any]
    learned: Mapping[str, Any]
    look_key: int | None = None
    """The second look whose corrections it holds, which amend what was taught of the document."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A vendor and the confirmations it believes, oldest first."""

    vendor: Vendor
    confirmations: Sequence[Mapping[str, Any]]


def recall(unit: Unit, signs: Sequence[str]) -> list[Recalled]:
    """The vendors that have any of the signs."""
    query = (
        select(Vendor)
        .where(Vendor.tenant_id == unit.tenant_id)
        .where(col(Vendor.signs).op("?|")(cast(list(signs), ARRAY(TEXT))))
        .order_by(col(Vendor.key))
    )
    vendors = list(unit.session.exec(query))
    rows = beliefs(unit, [vendor.key for vendor in vendors])
    return [Recalled(vendor, rows.get(vendor.key, [])) for vendor in vendors]


def beliefs(unit: Unit, vendors: Sequence[int]) -> dict[int, list[Mapping[str, Any]]]:
    """The confirmations that each vendor believes. Whether somebody looked at the invoice is known
    here, not by the bot that read it."""
    found: dict[int, list[Mapping[str, Any]]] = {}
    for row in execute(unit, "vendor_beliefs", vendors=list(vendors), most=MOST):
        said = row.confirmation | {"by_person": row.confirmed_by is not None}
        found.setdefault(row.vendor_key, []).append(said)
    return found


def teach(unit: Unit, new: Lesson) -> VendorVersion:
    """Add a version to the vendor's memory, which believes it from now on. The same document once
    more changes nothing, unless a second look has corrected it. Raises `NotFound` for a vendor that
    is not there."""
    vendor = _lock(unit, new.vendor_key) if new.vendor_key is not None else _named(unit, new)
    known = _of_document(unit, vendor, new.document)
    if known is not None and not _corrects(new, known):
        return known
    version = VendorVersion(
        **_next(unit, vendor),
        document=new.document,
        instance_key=new.instance_key,
        confirmed_by=new.confirmed_by,
        confirmation=dict(new.confirmation),
        learned=dict(new.learned),
        amends=known.version if known else None,
        look_key=new.look_key,
    )
    vendor.signs = list(dict.fromkeys((*vendor.signs, *new.signs)))
    return _add(unit, vendor, version, "vendor.taught", {"confirmed_by": new.confirmed_by})


def withdraw(unit: Unit, instance_key: int, look_key: int) -> list[VendorVersion]:
    """A second look has found that the invoice of a process instance was misread: what it has
    taught is believed no more. The versions that say so."""
    query = select(VendorVersion).where(
        VendorVersion.tenant_id == unit.tenant_id, VendorVersion.instance_key == instance_key
    )
    taught = list(unit.session.exec(query.order_by(col(VendorVersion.version))))
    amended = {(each.vendor_key, each.amends) for each in taught}
    return [
        _withdrawn(unit, each, look_key)
        for each in taught
        if each.look_key is None and (each.vendor_key, each.version) not in amended
    ]


def revert(unit: Unit, key: int, version: int) -> Vendor:
    """Believe what that version believed, 0 nothing. Nothing is lost: any version, also a later
    one, can be gone to again. Raises `NotFound`."""
    vendor = _lock(unit, key)
    if version and _version(unit, vendor, version) is None:
        raise NotFound(f"vendor {key} has no version {version}")
    _move_head(unit, vendor, version, "vendor.reverted", {})
    return vendor


def forget(unit: Unit, key: int) -> None:
    """Erase the vendor and all that was learnt of it. Raises `NotFound`."""
    vendor = _lock(unit, key)
    append(unit, f"vendor/{key}", "vendor.forgotten", {"head": vendor.head})
    ours = delete(VendorVersion).where(
        col(VendorVersion.tenant_id) == unit.tenant_id, col(VendorVersion.vendor_key) == key
    )
    unit.session.connection().execute(ours)
    unit.session.delete(vendor)
    unit.notify("vendor", key)


def get(unit: Unit, key: int) -> Vendor:
    """Raises `NotFound`."""
    return keyed.get(unit, Vendor, key, f"no vendor {key} is remembered")


def versions(unit: Unit, vendor: Vendor, shown: ColumnElement[bool]) -> list[VendorVersion]:
    """The versions that may be shown, believed or not, the newest first."""
    query = _versions(unit, vendor).where(shown).order_by(col(VendorVersion.version).desc())
    return list(unit.session.exec(query))


def believed(
    unit: Unit, vendor: Vendor, shown: ColumnElement[bool] | None = None
) -> VendorVersion | None:
    """The version at the head, or the nearest one that it follows and that may be shown; None when
    nothing is believed."""
    version = _version(unit, vendor, vendor.head)
    if shown is None:
        return version
    may_be_shown = {each.version for each in versions(unit, vendor, shown)}
    while version is not None and version.version not in may_be_shown:
        version = _version(unit, vendor, version.parent)
    return version


def _lock(unit: Unit, key: int) -> Vendor:
    return keyed.lock(unit, Vendor, key, f"no vendor {key} is remembered")


def _named(unit: Unit, new: Lesson) -> Vendor:
    """The vendor of that identity, made if it is new; two bots may meet it at the same time."""
    identity = " ".join(dict.fromkeys((new.signs[0], new.signs[-1])))
    values = {
        "key": unit.keys.next(),
        "tenant_id": unit.tenant_id,
        "identity": identity,
        "name": new.name,
        "signs": list(new.signs),
        "head": 0,
        "created_at": unit.now,
    }
    unit.session.connection().execute(insert(Vendor).values(values).on_conflict_do_nothing())
    query = select(Vendor.key).where(
        Vendor.tenant_id == unit.tenant_id, Vendor.identity == identity
    )
    return _lock(unit, unit.session.exec(query).one())


def _corrects(new: Lesson, known: VendorVersion) -> bool:
    """Whether the lesson is a second look's about what is known, and not taught yet."""
    taught = known.look_key == new.look_key and known.confirmation is not None
    return new.look_key is not None and not taught


def _withdrawn(unit: Unit, taught: VendorVersion, look_key: int) -> VendorVersion:
    vendor = _lock(unit, taught.vendor_key)
    head = believed(unit, vendor)
    before = _version(unit, vendor, taught.parent) if vendor.head == taught.version else head
    version = VendorVersion(
        **_next(unit, vendor),
        document=taught.document,
        instance_key=taught.instance_key,
        learned=before.learned if before else {},
        amends=taught.version,
        look_key=look_key,
    )
    return _add(unit, vendor, version, "vendor.withdrawn", {})


def _next(unit: Unit, vendor: Vendor) -> dict[str, Any]:
    return {
        "key": unit.keys.next(),
        "tenant_id": unit.tenant_id,
        "vendor_key": vendor.key,
        "version": _newest(unit, vendor) + 1,
        "parent": vendor.head,
        "created_at": unit.now,
    }


def _add(
    unit: Unit, vendor: Vendor, version: VendorVersion, kind: str, facts: Mapping[str, Any]
) -> VendorVersion:
    unit.session.add(version)
    amending = {"amends": version.amends, "second_look": str(version.look_key)}
    told = {"document": version.document, **facts, **(amending if version.look_key else {})}
    _move_head(unit, vendor, version.version, kind, told)
    return version


def _versions(unit: Unit, vendor: Vendor) -> SelectOfScalar[VendorVersion]:
    return select(VendorVersion).where(
        VendorVersion.tenant_id == unit.tenant_id, VendorVersion.vendor_key == vendor.key
    )


def _version(unit: Unit, vendor: Vendor, version: int) -> VendorVersion | None:
    query = _versions(unit, vendor).where(VendorVersion.version == version)
    return unit.session.exec(query).one_or_none()


def _newest(unit: Unit, vendor: Vendor) -> int:
    query = select(func.max(VendorVersion.version)).where(
        VendorVersion.tenant_id == unit.tenant_id, VendorVersion.vendor_key == vendor.key
    )
    return unit.session.exec(query).one() or 0


def _of_document(unit: Unit, vendor: Vendor, document: str) -> VendorVersion | None:
    query = _versions(unit, vendor).where(VendorVersion.document == document)
    return unit.session.exec(query.order_by(col(VendorVersion.version).desc())).first()


def _move_head(
    unit: Unit, vendor: Vendor, version: int, kind: str, facts: Mapping[str, Any]
) -> None:
    before, vendor.head = vendor.head, version
    unit.session.add(vendor)
    append(unit, f"vendor/{vendor.key}", kind, {"before": before, "after": version, **facts})
    unit.notify("vendor", vendor.key)
