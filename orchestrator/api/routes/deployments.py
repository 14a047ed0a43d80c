"""Deploying BPMN, DMN and form files."""

from fastapi import UploadFile
from pydantic import Field

from orchestrator.api.model import Key, Model
from orchestrator.api.routes.decision_views import DecisionView, RequirementsView, views
from orchestrator.api.section import Section
from orchestrator.api.security import Deployer
from orchestrator.process import deploy
from orchestrator.store.unit import Unit

router = Section(prefix="/v2", tags=["deployments"])


class DeployedProcess(Model):
    process_definition_key: Key = Field(validation_alias="key")
    process_definition_id: str = Field(validation_alias="process_id")
    process_definition_version: int = Field(validation_alias="version")
    resource_name: str
    tenant_id: str


class DeployedForm(Model):
    form_key: Key = Field(validation_alias="key")
    form_id: str
    version: int
    resource_name: str
    tenant_id: str


class Deployed(Model):
    """One of the four."""

    process_definition: DeployedProcess | None = None
    decision_definition: DecisionView | None = None
    decision_requirements: RequirementsView | None = None
    form: DeployedForm | None = None


class DeploymentWarning(Model):
    """What is allowed but probably not meant: a gap or an overlap of a decision table."""

    resource_name: str
    element_id: str
    rule: str
    message: str


class DeploymentView(Model):
    deployment_key: Key
    tenant_id: str
    deployments: list[Deployed]
    warnings: list[DeploymentWarning]


@router.post("/deployments", response_model_exclude_none=True)
def create_deployment(resources: list[UploadFile], caller: Deployer) -> DeploymentView:
    """All files or none; what has not changed keeps its version."""
    contents = [(file.filename or "", file.file.read()) for file in resources]
    with caller.begin() as unit:
        return _view(unit, deploy.deploy(unit, contents))


def _view(unit: Unit, done: deploy.Deployment) -> DeploymentView:
    processes = [
        Deployed(process_definition=DeployedProcess.model_validate(row)) for row in done.processes
    ]
    decisions = [Deployed(decision_definition=view) for view in views(unit, done.decisions)]
    files = [
        Deployed(decision_requirements=RequirementsView.model_validate(row))
        for row in done.requirements
    ]
    forms = [Deployed(form=DeployedForm.model_validate(row)) for row in done.forms]
    return DeploymentView(
        deployment_key=done.key,
        tenant_id=unit.tenant_id,
        deployments=[*processes, *decisions, *files, *forms],
        warnings=[
            DeploymentWarning(
                resource_name=name, element_id=f.element, rule=f.rule, message=f.message
            )
            for name, f in done.warnings
        ],
    )
