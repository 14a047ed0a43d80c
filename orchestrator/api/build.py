"""The FastAPI application: routes, errors, protection."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute, APIRouter

from orchestrator.api import describing, error_to_http
from orchestrator.api.metrics import Measured
from orchestrator.api.model import RobocorpProblem
from orchestrator.api.protection import Protection
from orchestrator.api.routes import (
    ad_hoc,
    agents,
    api_tokens,
    audit_logs,
    authorizations,
    batch_items,
    batch_operations,
    batch_requests,
    changes,
    claims,
    cluster,
    cluster_variables,
    decision_instances,
    decision_requirements,
    decisions,
    definitions,
    deployments,
    documents,
    elements,
    error_budgets,
    events,
    files,
    groups,
    health,
    incident_statistics,
    incidents,
    instance_parts,
    instances,
    job_statistics,
    jobs,
    members,
    message_subscriptions,
    messages,
    migrations,
    not_supported,
    oauth,
    queues,
    resources,
    robocorp_process,
    robocorp_work,
    roles,
    runs,
    second_looks,
    sessions,
    statistics,
    task_actions,
    task_variables,
    tasks,
    tenants,
    users,
    variables,
    vendor_memory,
    vendors,
    wait_states,
    work_items,
)

ROUTERS: list[APIRouter] = [
    module.router
    for module in (
        sessions,
        users,
        api_tokens,
        roles,
        groups,
        tenants,
        members,
        authorizations,
        audit_logs,
        deployments,
        resources,
        definitions,
        instances,
        batch_requests,
        batch_operations,
        batch_items,
        instance_parts,
        statistics,
        changes,
        migrations,
        ad_hoc,
        elements,
        wait_states,
        variables,
        cluster_variables,
        decisions,
        decision_instances,
        decision_requirements,
        messages,
        message_subscriptions,
        jobs,
        job_statistics,
        incidents,
        incident_statistics,
        tasks,
        task_actions,
        task_variables,
        queues,
        work_items,
        claims,
        runs,
        agents,
        vendors,
        vendor_memory,
        documents,
        files,
        error_budgets,
        second_looks,
        robocorp_work,
        robocorp_process,
        events,
        cluster,
        oauth,
        not_supported,
        health,
    )
]
PROBLEM: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "Problem details",
        "content": {
            "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
        },
    }
}
ROBOCORP_PROBLEM: dict[int | str, dict[str, Any]] = {
    "default": {"description": "An error in Robocorp's form", "model": RobocorpProblem}
}
DEFAULT_LIMIT = 100 * 1024 * 1024


def build(upload_limit: int = DEFAULT_LIMIT) -> FastAPI:
    """An application without its services, which `app.create_app` puts into its state."""
    app = FastAPI(
        title="Deskhand",
        version="2",
        description="Bots and people on one queue, with every step on the record.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        generate_unique_id_function=_operation_id,
    )
    for router in ROUTERS:
        robocorp = f"{router.prefix}/".startswith(error_to_http.ROBOCORP)
        app.include_router(router, responses=ROBOCORP_PROBLEM if robocorp else PROBLEM)
    error_to_http.install(app)
    app.add_middleware(Protection, limit=upload_limit)
    app.add_middleware(Measured)
    describing.describe(app, ROUTERS)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name
