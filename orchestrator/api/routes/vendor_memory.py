"""The vendor memory as the bots that read invoices reach it, each with the token of its run."""

from typing import Annotated

from pydantic import Field

from orchestrator.api.model import JsonObject, Key, Model
from orchestrator.api.section import Section
from orchestrator.api.security import ARun
from orchestrator.kernel.errors import InvalidInput
from orchestrator.vendors import memory
from orchestrator.vendors.confirming import basis_of
from orchestrator.work import runs
from orchestrator.work.limits import check_payload

router = Section(prefix="/v2/vendor-memory", tags=["vendors"])

Sign = Annotated[str, Field(min_length=1, max_length=300)]
Signs = Annotated[list[Sign], Field(max_length=500)]


class Recall(Model):
    signs: Signs


class RememberedVendor(Model):
    """A vendor and the confirmations that are believed of it, oldest first."""

    vendor_key: Key
    name: str
    signs: list[str]
    confirmations: list[JsonObject]


class Remembered(Model):
    vendors: list[RememberedVendor]


class Lesson(Model):
    """A confirmed invoice; without `vendor_key` it is of a vendor that is new. `signs` begin with
    the surest and end with the name."""

    vendor_key: Key | None = None
    name: str = Field(min_length=1, max_length=300)
    signs: Annotated[Signs, Field(min_length=1)]
    document: str = Field(pattern="^[0-9a-f]{64}$")
    confirmation: JsonObject
    learned: JsonObject


class Taught(Model):
    vendor_key: Key
    version: int


@router.post("/recall")
def recall_vendors(body: Recall, caller: ARun) -> Remembered:
    """The vendors that have one of the signs."""
    with caller.begin() as unit:
        found = memory.recall(unit, body.signs)
        return Remembered(
            vendors=[
                RememberedVendor(
                    vendor_key=one.vendor.key,
                    name=one.vendor.name,
                    signs=one.vendor.signs,
                    confirmations=[dict(each) for each in one.confirmations],
                )
                for one in found
            ]
        )


@router.post("/lessons")
def teach_vendor(body: Lesson, caller: ARun) -> Taught:
    """Add a confirmed invoice. Whether a person confirmed it is looked up in the tasks of the
    process instance that the run works for, not asked of the bot. What a second look has found
    misread is withdrawn again, unless it is the corrected invoice that is taught."""
    check_payload([body.confirmation, body.learned])
    with caller.begin() as unit:
        item = runs.item_of(unit, caller.run)
        if item.instance_key is None:
            raise InvalidInput(
                "only a run for a process instance can teach: it was confirmed there"
            )
        basis = basis_of(unit, item.instance_key, item.headers or {})
        lesson = memory.Lesson(
            vendor_key=body.vendor_key,
            name=body.name,
            signs=body.signs,
            document=body.document,
            instance_key=item.instance_key,
            confirmed_by=basis.confirmed_by,
            confirmation=body.confirmation,
            learned=body.learned,
            look_key=basis.corrected,
        )
        version = memory.teach(unit, lesson)
        if basis.misread is not None:
            memory.withdraw(unit, item.instance_key, basis.misread)
        return Taught(vendor_key=version.vendor_key, version=version.version)
