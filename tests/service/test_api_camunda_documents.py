"""Documents and start forms through Camunda's own Python client, unmodified."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    DocumentLinkRequest,
    ProcessDefinitionSearchQuery,
)
from camunda_orchestration_sdk.errors import NotFoundError
from camunda_orchestration_sdk.models import CreateDocumentsData
from camunda_orchestration_sdk.types import File
from fastapi import FastAPI

from orchestrator.audit import read
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore
from tests.service.camunda import HEAD
from tests.service.conftest import Login

FORM = '{"id": "order", "type": "default", "components": []}'
STARTED = f"""{HEAD}<process id="ordered" isExecutable="true"><startEvent id="s">
<extensionElements><zeebe:formDefinition formId="order"/></extensionElements></startEvent>
<endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="e"/></process></definitions>"""


def put(client: CamundaClient, *contents: bytes) -> list[str]:
    files = [File(io.BytesIO(c), f"{n}.txt", "text/plain") for n, c in enumerate(contents)]
    made = client.create_documents(data=CreateDocumentsData(files=files))
    assert made.failed_documents == []
    return [document.document_id for document in made.created_documents]


def test_several_documents_are_kept_at_once(client: CamundaClient, login: Login) -> None:
    keys = put(client, b"one", b"two")
    got = [login("clerk").get(f"/v2/documents/{key}").content for key in keys]
    assert got == [b"one", b"two"]


def test_a_batch_tells_which_documents_it_could_not_keep(
    server: FastAPI, login: Login, tmp_path: Path
) -> None:
    small = DocumentStore((tmp_path / "small").as_uri(), limit=10)
    server.state.services = replace(server.state.services, documents=small)
    sent = [("files", ("a.txt", b"small")), ("files", ("b.txt", b"larger than ten"))]
    answer = login("clerk").post("/v2/documents/batch", files=sent)
    assert answer.status_code == 207
    batch = answer.json()
    assert [one["metadata"]["fileName"] for one in batch["createdDocuments"]] == ["a.txt"]
    failed = [(one["fileName"], one["status"]) for one in batch["failedDocuments"]]
    assert failed == [("b.txt", 413)]


def test_a_link_is_good_without_an_account_until_it_ends(
    client: CamundaClient, database: Database
) -> None:
    (key,) = put(client, b"one")
    link = client.create_document_link(
        document_id=key, data=DocumentLinkRequest(time_to_live=60_000)
    )
    assert httpx.get(link.url).content == b"one"
    left = link.expires_at - datetime.now(UTC)
    assert timedelta(seconds=50) < left <= timedelta(seconds=60)
    assert httpx.get(link.url[:-2]).status_code == 403
    with database.begin(actor="test") as unit:
        (line,) = read(unit, f"document/{key}")
    assert (line.kind, line.actor) == ("document.link_created", "user:admin")


def test_a_process_tells_its_start_form(client: CamundaClient, tmp_path: Path) -> None:
    (tmp_path / "order.form").write_text(FORM, encoding="utf-8")
    (tmp_path / "ordered.bpmn").write_text(STARTED, encoding="utf-8")
    (made,) = client.deploy_resources_from_files([tmp_path / "ordered.bpmn"]).processes
    key = made.process_definition_key
    with pytest.raises(NotFoundError):
        client.get_start_process_form(process_definition_key=key)
    client.deploy_resources_from_files([tmp_path / "order.form"])
    form = client.get_start_process_form(process_definition_key=key)
    assert (form.form_id, form.version) == ("order", 1)
    query = ProcessDefinitionSearchQuery.from_dict({"filter": {"hasStartForm": True}})
    (found,) = client.search_process_definitions(data=query).items
    assert (found.process_definition_key, found.has_start_form) == (key, True)
    assert not client.search_process_definitions(
        data=ProcessDefinitionSearchQuery.from_dict({"filter": {"hasStartForm": False}})
    ).items
