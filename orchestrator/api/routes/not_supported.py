"""Resources of the Camunda 8 API that Deskhand lacks: they answer 501, never a wrong success."""

from fastapi import APIRouter

from orchestrator.api.security import Anyone
from orchestrator.kernel.errors import NotSupported

router = APIRouter(prefix="/v2", tags=["not supported"])

RESOURCES = (
    "agent-definitions", "agent-instances", "audit-logs", "authorizations", "backups",
    "batch-operations", "clock", "cluster", "cluster-variables", "conditionals",
    "correlated-message-subscriptions", "decision-instances", "decision-requirements",
    "element-instances/ad-hoc-activities", "exporting", "global-task-listeners", "groups",
    "mapping-rules", "resources", "roles", "secrets", "setup", "system", "tenants",
)  # fmt: skip
PARTS = (
    "process-instances/{key}/modification", "process-instances/{key}/migration",
    "process-instances/{key}/suspension", "process-instances/{key}/resumption",
    "process-instances/{key}/deletion", "process-instances/{key}/sequence-flows",
    "process-instances/cancellation", "process-instances/migration",
    "process-instances/modification", "process-instances/incident-resolution",
    "process-instances/deletion", "jobs/statistics/{name}", "jobs/batch-operations",
    "process-definitions/{key}/form", "process-definitions/statistics/{name}",
    "incidents/statistics/{name}",
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
