"""Deploying BPMN, DMN and form files."""

from fastapi import APIRouter, UploadFile
from pydantic import Field

from orchestrator.api.model import Key, Model
from orchestrator.api.security import Deployer
from orchestrator.process import deploy

router = APIRouter(prefix="/v2", tags=["deployments"])


class DeployedProcess(Model):
    process_definition_key: Key = Field(validation_alias="key")
    process_definition_id: str = Field(validation_alias="process_id")
    process_definition_version: int = Field(validation_alias="version")
    resource_name: str
    tenant_id: str


class DeployedDecision(Model):
    decision_definition_key: Key = Field(validation_alias="key")
    decision_definition_id: str = Field(validation_alias="decision_id")
    version: int
    name: str | None
    resource_name: str
    tenant_id: str
    decision_requirements_id: str = Field(validation_alias="resource_name")
    decision_requirements_key: Key = Field(validation_alias="deployment_key")


class DeployedForm(Model):
    form_key: Key = Field(validation_alias="key")
    form_id: str
    version: int
    resource_name: str
    tenant_id: str


class Deployed(Model):
    """One of the three."""

    process_definition: DeployedProcess | None = None
    decision_definition: DeployedDecision | None = None
    form: DeployedForm | None = None


class DeploymentView(Model):
    deployment_key: Key
    tenant_id: str
    deployments: list[Deployed]


@router.post("/deployments", response_model_exclude_none=True)
def create_deployment(resources: list[UploadFile], caller: Deployer) -> DeploymentView:
    """All files or none; what has not changed keeps its version."""
    contents = [(file.filename or "", file.file.read()) for file in resources]
    with caller.begin() as unit:
        return _view(unit.tenant_id, deploy.deploy(unit, contents))


def _view(tenant_id: str, done: deploy.Deployment) -> DeploymentView:
    processes = [
        Deployed(process_definition=DeployedProcess.model_validate(row)) for row in done.processes
    ]
    decisions = [
        Deployed(decision_definition=DeployedDecision.model_validate(row)) for row in done.decisions
    ]
    forms = [Deployed(form=DeployedForm.model_validate(row)) for row in done.forms]
    return DeploymentView(
        deployment_key=done.key,
        tenant_id=tenant_id,
        deployments=[*processes, *decisions, *forms],
    )
