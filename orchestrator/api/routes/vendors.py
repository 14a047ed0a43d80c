"""What was learnt about vendors, for people to see and to take back."""

from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, JsonObject, Key, Model
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person, WorkManager
from orchestrator.store.tables import Vendor, VendorVersion
from orchestrator.store.unit import Unit
from orchestrator.vendors import curve, memory

router = Section(prefix="/v2/vendors", tags=["vendors"])


class VendorView(Model):
    """A vendor; `version` is the one that is believed, 0 none."""

    vendor_key: Key = Field(validation_alias="key")
    name: str
    signs: list[str]
    version: int = Field(validation_alias="head")
    creation_time: Instant = Field(validation_alias="created_at")


class VersionView(Model):
    """One confirmed invoice. `confirmed_by` is null when it passed by itself.

    With `amends` it stands in the place of that version, which the second look
    `second_look_key` found misread; without a `confirmation` nothing stands there yet."""

    version: int
    parent: int
    document_id: str = Field(validation_alias="document")
    process_instance_key: Key | None = Field(validation_alias="instance_key")
    confirmed_by: str | None
    confirmation: JsonObject | None
    amends: int | None
    second_look_key: Key | None = Field(validation_alias="look_key")
    creation_time: Instant = Field(validation_alias="created_at")


class VendorDetail(VendorView):
    learned: JsonObject | None
    """What the believed version sums up for people; null when nothing is believed."""
    versions: list[VersionView]


class CurvePoint(Model):
    """Of the invoices with `seen` of their vendor before them (in the last point: or more)."""

    seen: int
    invoices: int
    straight_through: int


class Curve(Model):
    points: list[CurvePoint]


class Reversion(Model):
    version: int = Field(ge=0)


class VendorFilter(Filter):
    vendor_key: Match[Key] | None = None
    name: Match[str] | None = None


COLUMNS = {
    "vendorKey": col(Vendor.key),
    "name": col(Vendor.name),
    "version": col(Vendor.head),
    "creationTime": col(Vendor.created_at),
}


@router.post("/search")
def search_vendors(body: Search[VendorFilter], caller: Anyone) -> Found[VendorView]:
    with caller.searching() as unit:
        query = select(Vendor).where(unit.within(col(Vendor.tenant_id)))
        rows, total = find(unit, query, body, COLUMNS, col(Vendor.key))
        return page_of([VendorView.model_validate(row) for row in rows], total, body)


@router.get("/learning-curve")
def get_learning_curve(caller: Anyone, vendor: Key | None = None) -> Curve:
    """The share of invoices that pass by themselves, by how many of the vendor were seen before;
    of one vendor, or of all."""
    with caller.begin() as unit:
        points = curve.learning_curve(unit, vendor)
        return Curve(points=[CurvePoint.model_validate(point) for point in points])


@router.get("/{key}")
def get_vendor(key: Key, caller: Anyone) -> VendorDetail:
    """With what was learnt, and every version of it."""
    with caller.begin() as unit:
        return _detail(unit, caller, memory.get(unit, key))


@router.post("/{key}/revert")
def revert_vendor(key: Key, body: Reversion, caller: WorkManager) -> VendorDetail:
    """Believe what that version believed; 0: nothing. Later versions are kept, and can be gone
    back to."""
    with caller.begin() as unit:
        return _detail(unit, caller, memory.revert(unit, key, body.version))


@router.delete("/{key}", status_code=204)
def forget_vendor(key: Key, caller: WorkManager) -> None:
    """Erase the vendor with all versions."""
    with caller.begin() as unit:
        memory.forget(unit, key)


def _detail(unit: Unit, caller: Person, vendor: Vendor) -> VendorDetail:
    """Without the versions of invoices that wait for a second look: they tell what was read, as
    does what they have added to what is learned."""
    shown = unsealed(caller, col(VendorVersion.instance_key))
    believed = memory.believed(unit, vendor, shown)
    return VendorDetail(
        **VendorView.model_validate(vendor).model_dump(),
        learned=believed.learned if believed else None,
        versions=[
            VersionView.model_validate(each) for each in memory.versions(unit, vendor, shown)
        ],
    )
