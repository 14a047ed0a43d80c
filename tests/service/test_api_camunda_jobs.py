"""Jobs and their workers through Camunda's own Python client, unmodified."""

import asyncio
from dataclasses import replace
from typing import Any

from camunda_orchestration_sdk import (
    CamundaAsyncClient,
    CamundaClient,
    IncidentResolutionRequest,
    IncidentSearchQuery,
    JobActivationRequest,
    JobCompletionRequest,
    JobError,
    JobFailRequest,
    JobFailure,
    JobSearchQuery,
    JobUpdateRequest,
    ProcessInstanceSearchQuery,
    WorkerConfig,
)

from tests.service.camunda import (
    configuration,
    started,
    state,
)


def test_jobs_are_activated_failed_and_completed(deployed: CamundaClient) -> None:
    key = started(deployed, "job", sum=5).process_instance_key
    request = JobActivationRequest(type_="pay", timeout=10_000, max_jobs_to_activate=5)
    (job,) = deployed.activate_jobs(data=request).jobs
    assert (job.retries, job.variables.to_dict()["sum"]) == (2, 5)
    assert job.custom_headers.to_dict() == {"bank": "x"}
    failure = JobFailRequest(retries=1, error_message="no network")
    deployed.fail_job(job_key=job.job_key, data=failure)
    (again,) = deployed.activate_jobs(data=request).jobs
    assert (again.job_key, again.retries) == (job.job_key, 1)
    done = JobCompletionRequest.from_dict({"variables": {"paid": True}})
    deployed.complete_job(job_key=job.job_key, data=done)
    assert state(deployed, key) == "COMPLETED"
    (found,) = deployed.search_jobs(data=JobSearchQuery()).items
    assert found.state.value == "COMPLETED"


def test_a_job_without_retries_is_an_incident(deployed: CamundaClient) -> None:
    key = started(deployed, "job").process_instance_key
    request = JobActivationRequest(type_="pay", timeout=10_000, max_jobs_to_activate=1)
    (job,) = deployed.activate_jobs(data=request).jobs
    deployed.fail_job(job_key=job.job_key, data=JobFailRequest(retries=0, error_message="broken"))
    found = ProcessInstanceSearchQuery.from_dict({"filter": {"hasIncident": True}})
    assert [
        i.process_instance_key for i in deployed.search_process_instances(data=found).items
    ] == [key]


def test_new_retries_do_not_try_the_job_before_its_incident_is_resolved(
    deployed: CamundaClient,
) -> None:
    key = started(deployed, "job").process_instance_key
    request = JobActivationRequest(
        type_="pay", timeout=10_000, max_jobs_to_activate=1, request_timeout=-1
    )
    (job,) = deployed.activate_jobs(data=request).jobs
    deployed.fail_job(job_key=job.job_key, data=JobFailRequest(retries=0, error_message="broken"))
    update = JobUpdateRequest.from_dict({"changeset": {"retries": 3}})
    deployed.update_job(job_key=job.job_key, data=update)
    assert deployed.activate_jobs(data=request).jobs == []
    (incident,) = deployed.search_incidents(data=IncidentSearchQuery()).items
    deployed.resolve_incident(incident_key=incident.incident_key, data=IncidentResolutionRequest())
    (again,) = deployed.activate_jobs(data=request).jobs
    assert (again.job_key, again.retries) == (job.job_key, 3)
    deployed.complete_job(job_key=job.job_key, data=JobCompletionRequest())
    assert state(deployed, key) == "COMPLETED"


def test_a_worker_completes_fails_and_throws(deployed: CamundaClient, address: str) -> None:
    done = started(deployed, "job", how="done").process_instance_key
    thrown = started(deployed, "job", how="thrown").process_instance_key
    tried: list[str] = []

    async def work() -> None:
        async with CamundaAsyncClient(configuration(address)) as client:
            config = WorkerConfig("pay", 10_000, request_timeout_milliseconds=1000)
            client.create_job_worker(replace(config, worker_name="w"), handle)
            running = asyncio.create_task(client.run_workers())
            for _ in range(200):
                if state(deployed, done) == state(deployed, thrown) == "COMPLETED":
                    break
                await asyncio.sleep(0.05)
            running.cancel()

    async def handle(job: Any) -> dict[str, Any]:
        how = job.variables.to_dict()["how"]
        tried.append(how)
        if how == "thrown":
            raise JobError("bad", "it is bad")
        if tried.count("done") == 1:
            raise JobFailure("try again", retries=1)
        return {"paid": True}

    asyncio.run(work())
    assert state(deployed, done) == state(deployed, thrown) == "COMPLETED"
    assert tried.count("done") == 2
