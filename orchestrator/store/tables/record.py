"""The ledger and the documents: what proves what happened."""

from typing import Any

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field, SQLModel

from orchestrator.store.tables.columns import Instant, instant, json, optional_instant


class LedgerEvent(SQLModel, table=True):
    """One line of a stream's hash chain. `hash` covers the digest of `data`, not `data`
    itself, so that personal data can be erased (data set to NULL) and the chain still verifies."""

    __tablename__ = "ledger_event"
    __table_args__ = (Index("ledger_event_time", "tenant_id", "time"),)

    tenant_id: str = Field(primary_key=True, max_length=64)
    stream: str = Field(primary_key=True)  # e.g. process-instance/123, work-item/456, user/7
    number: int = Field(primary_key=True, sa_type=BigInteger)  # 1, 2, 3 ... without gaps
    time: Instant = instant()
    actor: str  # user:anna, agent:123, run:456, system
    kind: str
    data: dict[str, Any] | None = json()
    data_digest: bytes = Field(sa_type=LargeBinary)
    previous_hash: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)


class Document(SQLModel, table=True):
    """A file by the SHA-256 of its bytes; the bytes are in the document store. Once deleted it is
    not there any more for anyone; its bytes go soon, unless they are stored again before."""

    __tablename__ = "document"
    __table_args__ = (
        Index("document_deleted", "tenant_id", postgresql_where="deleted_at IS NOT NULL"),
    )

    tenant_id: str = Field(primary_key=True, max_length=64)
    digest: str = Field(primary_key=True, max_length=64)
    name: str
    content_type: str
    size: int = Field(sa_type=BigInteger)
    created_at: Instant = instant()
    deleted_at: Instant | None = optional_instant()
