"""Files of work items: names for stored documents."""

from collections.abc import Iterable

from sqlalchemy import delete as delete_rows
from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import InvalidInput, NotFound
from orchestrator.store.tables import WorkFile
from orchestrator.store.unit import Unit

NAME_LIMIT = 255


def of(unit: Unit, item_key: int) -> list[WorkFile]:
    """The files of the item whose bytes have arrived, oldest first."""
    query = select(WorkFile).where(
        WorkFile.tenant_id == unit.tenant_id,
        WorkFile.item_key == item_key,
        col(WorkFile.digest).is_not(None),
    )
    return list(unit.session.exec(query.order_by(col(WorkFile.key))))


def get(unit: Unit, file_key: int) -> WorkFile:
    """Raises `NotFound`."""
    file = unit.session.exec(
        select(WorkFile).where(WorkFile.tenant_id == unit.tenant_id, WorkFile.key == file_key)
    ).one_or_none()
    if file is None:
        raise NotFound(f"there is no file {file_key}")
    return file


def register(unit: Unit, item_key: int, name: str) -> WorkFile:
    """Announce a file whose bytes will follow; nobody sees it until then."""
    if not name or len(name) > NAME_LIMIT or "\0" in name:
        raise InvalidInput(f"a file name has 1 to {NAME_LIMIT} characters, not {name!r}")
    file = WorkFile(key=unit.keys.next(), tenant_id=unit.tenant_id, item_key=item_key, name=name)
    unit.session.add(file)
    unit.flush()
    return file


def attach(unit: Unit, file_key: int, digest: str) -> WorkFile:
    """The bytes have arrived as the document `digest`. A file of the item with the same name
    is replaced."""
    file = get(unit, file_key)
    unit.session.connection().execute(
        delete_rows(WorkFile).where(
            col(WorkFile.item_key) == file.item_key,
            col(WorkFile.name) == file.name,
            col(WorkFile.key) != file.key,
            col(WorkFile.digest).is_not(None),
        )
    )
    file.digest = digest
    unit.session.add(file)
    data = {"name": file.name, "document": digest}
    append(unit, f"work-item/{file.item_key}", "work_item.file_added", data)
    return file


def attach_all(unit: Unit, item_key: int, named: Iterable[tuple[str, str]]) -> None:
    """Attach stored documents, (name, digest) each, to a new item."""
    unit.session.add_all(
        WorkFile(
            key=unit.keys.next(), tenant_id=unit.tenant_id, item_key=item_key, name=n, digest=digest
        )
        for n, digest in dict.fromkeys(named)
    )


def delete(unit: Unit, item_key: int, file_key: int) -> None:
    """Take the file off the item; the document stays. Raises `NotFound`."""
    file = get(unit, file_key)
    if file.item_key != item_key:
        raise NotFound(f"work item {item_key} has no file {file_key}")
    unit.session.delete(file)
    data = {"name": file.name, "document": file.digest}
    append(unit, f"work-item/{item_key}", "work_item.file_deleted", data)
