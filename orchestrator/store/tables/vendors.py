"""What is remembered of vendors, by tenant."""

from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from orchestrator.store.tables.columns import Instant, instant, json, key, optional_ref, ref, tenant


class Vendor(SQLModel, table=True):
    """A vendor and what it is known by. `head` is the version that is believed, 0 none; the row
    is the lock under which versions are added."""

    __tablename__ = "vendor"
    __table_args__ = (
        UniqueConstraint("tenant_id", "identity"),
        Index("vendor_signs", "signs", postgresql_using="gin"),
    )

    key: int = key()
    tenant_id: str = tenant()
    identity: str
    name: str
    signs: list[str] = json(nullable=False)
    head: int = 0
    created_at: Instant = instant()


class VendorVersion(SQLModel, table=True):
    """The memory of a vendor after one more confirmed invoice. It believes what `parent` believes
    and its own `confirmation`; `learned` sums that up for people. `confirmed_by` is the person
    who looked at the invoice, NULL when it passed by itself.

    A second look that finds an invoice misread (`look_key`) amends an earlier version (`amends`):
    it is believed no more. First nothing stands in its place (`confirmation` is NULL), then what
    the right values teach."""

    __tablename__ = "vendor_version"
    __table_args__ = (
        UniqueConstraint("tenant_id", "vendor_key", "version"),
        Index("vendor_version_instance", "instance_key"),
    )

    key: int = key()
    tenant_id: str = tenant()
    vendor_key: int = ref()
    version: int
    parent: int
    document: str = Field(max_length=64)
    instance_key: int | None = optional_ref()
    confirmed_by: str | None = None
    confirmation: dict[str, Any] | None = json()
    learned: dict[str, Any] = json(nullable=False)
    amends: int | None = None
    look_key: int | None = optional_ref()
    created_at: Instant = instant()
