"""The Robocorp work item API: what the run holds, its payload and files."""

import json
from typing import Annotated

from fastapi import Depends, Request
from pydantic import Field

from orchestrator.api.model import Json, Key, Model
from orchestrator.api.routes.documents import link_to
from orchestrator.api.routes.files import BRING
from orchestrator.api.section import Section
from orchestrator.api.security import ARun
from orchestrator.api.services import S
from orchestrator.kernel.errors import InvalidInput, NotFound
from orchestrator.work import files, holding, payloads

router = Section(prefix="/json-v1/workspaces/{workspace}/workitems/{item}", tags=["robocorp"])


class RobotFile(Model):
    file_id: Key = Field(validation_alias="key")
    file_name: str = Field(validation_alias="name")


class Link(Model):
    url: str


class NewFile(Model):
    file_name: str
    file_size: int = 0


class UploadLink(Link):
    fields: dict[str, str]


class Done(Model):
    """Nothing to say."""


async def any_json(request: Request) -> Json:
    """The body as it is. The libraries send nothing at all when they mean null."""
    try:
        value: Json = json.loads(await request.body() or b"null")
    except (ValueError, RecursionError) as error:
        raise InvalidInput(f"the body is not JSON: {error}") from error
    return value


@router.get("/data")
def load_payload(item: Key, caller: ARun) -> Json:
    """The payload itself."""
    with caller.begin() as unit:
        payload: Json = payloads.load(unit, caller.run, item)
        return payload


@router.put("/data")
def save_payload(item: Key, caller: ARun, payload: Annotated[Json, Depends(any_json)]) -> Done:
    """Of the item held, or of an output of it."""
    with caller.begin() as unit:
        payloads.save(unit, caller.run, item, payload)
    return Done()


@router.get("/files")
def list_files(item: Key, caller: ARun) -> list[RobotFile]:
    with caller.begin() as unit:
        holding.readable(unit, caller.run, item)
        return [RobotFile.model_validate(file) for file in files.of(unit, item)]


@router.get("/files/{file}")
def get_file_link(item: Key, file: Key, caller: ARun, s: S) -> Link:
    """Where to fetch it, without credentials, for some minutes."""
    with caller.begin() as unit:
        holding.readable(unit, caller.run, item)
        found = files.get(unit, file)
        if found.item_key != item or found.digest is None:
            raise NotFound(f"work item {item} has no file {file}")
        return Link(url=link_to(s, unit, found.digest))


@router.post("/files")
def add_file(item: Key, body: NewFile, caller: ARun, s: S) -> UploadLink:
    """Where to send it; it is listed once its bytes have arrived."""
    with caller.begin() as unit:
        holding.writable(unit, caller.run, item)
        file = files.register(unit, item, body.file_name)
        claims = {"tenant": unit.tenant_id, "run": caller.run.key, "file": file.key}
        token = s.signer.sign(BRING, claims, unit.now)
    return UploadLink(url=f"{s.settings.base_url}/files/{token}", fields={})


@router.delete("/files/{file}")
def delete_file(item: Key, file: Key, caller: ARun) -> Done:
    with caller.begin() as unit:
        holding.writable(unit, caller.run, item)
        files.delete(unit, item, file)
    return Done()
