"""Resources of the Camunda 8 API that Deskhand lacks: they answer 501, never a wrong success."""

from fastapi import APIRouter

from orchestrator.api.security import Anyone
from orchestrator.kernel.errors import NotSupported

router = APIRouter(prefix="/v2", tags=["not supported"])

RESOURCES = (
    "agent-definitions", "agent-instances", "authorizations", "backups",
    "clock", "cluster", "cluster-variables",
    "conditionals", "correlated-message-subscriptions", "decision-instances",
    "element-instances/ad-hoc-activities",
    "element-instances/wait-states", "exporting", "global-task-listeners", "groups",
    "mapping-rules", "mode", "resources", "restore", "roles", "secrets", "setup", "system",
    "tenants",
)  # fmt: skip
PARTS = (
    "documents/batch", "documents/{id}", "documents/{id}/links",
    "jobs/batch-update", "jobs/statistics/{name}", "process-definitions/{key}/form",
    "process-definitions/{key}/statistics/{name}",
    "process-definitions/statistics/{name}",
    "process-instances/{key}/business-id-assignment", "process-instances/{key}/deletion",
    "process-instances/{key}/statistics/{name}",
    "process-instances/deletion",
    "process-instances/migration",
    "process-instances/modification",
)  # fmt: skip
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def _add(path: str, name: str) -> None:
    @router.api_route(path, methods=METHODS, name=name, include_in_schema=False)
    def not_supported(caller: Anyone) -> None:
        raise NotSupported(f"Deskhand has no {path.removeprefix('/')} yet.")


for _resource in RESOURCES:
    _add(f"/{_resource}", f"{_resource} not supported")
    _add(f"/{_resource}/{{rest:path}}", f"parts of {_resource} not supported")
for _part in PARTS:
    _add(f"/{_part}", f"{_part} not supported")
