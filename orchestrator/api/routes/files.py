"""Files by signed link: no other credentials, one file, for a limited time."""

from fastapi import Response, UploadFile

from orchestrator.api.routes.documents import BYTES, FETCH, content_type, download
from orchestrator.api.section import Section
from orchestrator.api.services import S
from orchestrator.work import files, holding, runs

router = Section(prefix="/files", tags=["documents"])

BRING = "bring"


@router.get("/{token}", response_class=Response, responses=BYTES)
def fetch_file(token: str, s: S) -> Response:
    """Open, by signed link."""
    claims = s.signer.read(FETCH, token, s.database.clock.now())
    with s.database.begin(actor=claims["actor"], tenant_id=claims["tenant"]) as unit:
        document = s.documents.find(unit, claims["document"])
        return download(document, s.documents.get(unit, document.digest))


@router.post("/{token}", status_code=204)
def bring_file(token: str, file: UploadFile, s: S) -> None:
    """Open, by signed link; the run must still hold the item."""
    claims = s.signer.read(BRING, token, s.database.clock.now())
    with s.database.begin(actor=f"run:{claims['run']}", tenant_id=claims["tenant"]) as unit:
        announced = files.get(unit, claims["file"])
        holding.writable(unit, runs.get(unit, claims["run"]), announced.item_key)
        document = s.documents.put(unit, file.file, announced.name, content_type(file))
        files.attach(unit, announced.key, document.digest)
