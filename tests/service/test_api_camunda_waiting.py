"""What instances wait for, which messages came, and how jobs fare, through Camunda's own Python
client, unmodified."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    CorrelatedMessageSubscriptionSearchQuery,
    ElementInstanceWaitStateQuery,
    JobActivationRequest,
    JobCompletionRequest,
    JobErrorRequest,
    JobErrorStatisticsQuery,
    JobFailRequest,
    JobTimeSeriesStatisticsQuery,
    JobTypeStatisticsQuery,
    JobWorkerStatisticsQuery,
    MessageCorrelationRequest,
    MessageSubscriptionSearchQuery,
    ProcessDefinitionMessageSubscriptionStatisticsQuery,
)
from camunda_orchestration_sdk.errors import BadRequestError

from tests.service.camunda import HEAD, JOB, TASK, WAIT, configuration, started

BY_MESSAGE = f"""{HEAD}<process id="begun" isExecutable="true"><startEvent id="s">
<messageEventDefinition messageRef="paid"/></startEvent><userTask id="t"/>
<boundaryEvent id="late" attachedToRef="t"><timerEventDefinition><timeDuration>PT1H</timeDuration>
</timerEventDefinition></boundaryEvent><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
<sequenceFlow id="f2" sourceRef="late" targetRef="e"/>
<sequenceFlow id="f3" sourceRef="t" targetRef="e"/></process></definitions>"""


@pytest.fixture
def client(address: str, tmp_path: Path) -> Iterator[CamundaClient]:
    with CamundaClient(configuration(address)) as made:
        files: list[str | Path] = []
        for name, text in (("job", JOB), ("task", TASK), ("wait", WAIT), ("begun", BY_MESSAGE)):
            files.append(tmp_path / f"{name}.bpmn")
            (tmp_path / f"{name}.bpmn").write_text(text, encoding="utf-8")
        made.deploy_resources_from_files(files)
        yield made


def waits(client: CamundaClient, **condition: Any) -> list[Any]:
    query = ElementInstanceWaitStateQuery.from_dict({"filter": condition})
    return list(client.search_element_instance_wait_states(data=query).items)


def correlate(client: CamundaClient, key: str) -> Any:
    request = MessageCorrelationRequest(name="paid", correlation_key=key)
    return client.correlate_message(data=request)


def test_elements_tell_what_they_wait_for(client: CamundaClient) -> None:
    started(client, "job")
    key = started(client, "wait", order="7").process_instance_key
    begun = correlate(client, "8").process_instance_key
    (job,) = waits(client, waitStateType="JOB")
    assert (job.bpmn_process_id, job.element_id, job.details.job_type) == ("job", "work", "pay")
    (message,) = waits(client, processInstanceKey=key)
    assert (message.details.message_name, message.details.correlation_key) == ("paid", "7")
    timer, task = sorted(waits(client, elementId="t"), key=lambda w: w.details.wait_state_type)
    assert task.details.task_key
    assert timer.details.due_date > datetime.now(UTC).timestamp() * 1000
    counts = client.get_process_instance_wait_state_statistics(process_instance_key=begun)
    assert [(c.element_id, c.waiting_count) for c in counts.items] == [("t", 1)]


def test_correlated_messages_are_kept(client: CamundaClient) -> None:
    key = started(client, "wait", order="7").process_instance_key
    query = MessageSubscriptionSearchQuery()
    goes_on, starts = client.search_message_subscriptions(data=query).items[::-1]
    assert (goes_on.process_instance_key, goes_on.correlation_key) == (key, "7")
    assert (starts.process_instance_key, starts.message_subscription_type.value) == (
        None,
        "START_EVENT",
    )
    sent = [correlate(client, "7"), correlate(client, "8")]
    wanted = CorrelatedMessageSubscriptionSearchQuery.from_dict({"filter": {"messageName": "paid"}})
    found = client.search_correlated_message_subscriptions(data=wanted).items
    assert [(f.message_key, f.process_instance_key) for f in found] == [
        (s.message_key, s.process_instance_key) for s in sent
    ]
    assert [(f.element_id, f.correlation_key) for f in found] == [("m", "7"), ("s", "8")]


def test_subscriptions_are_counted_by_definition(client: CamundaClient) -> None:
    for order in ("7", "8"):
        started(client, "wait", order=order)
    query = ProcessDefinitionMessageSubscriptionStatisticsQuery()
    found = client.get_process_definition_message_subscription_statistics(data=query).items
    assert [
        (
            f.process_definition_id,
            f.process_instances_with_active_subscriptions,
            f.active_subscriptions,
        )
        for f in found
    ] == [("begun", 0, 1), ("wait", 2, 2)]


def take(client: CamundaClient, worker: str) -> Any:
    request = JobActivationRequest("pay", 10_000, 1, worker=worker)
    (job,) = client.activate_jobs(data=request).jobs
    return job.job_key


@pytest.fixture
def window(client: CamundaClient) -> dict[str, Any]:
    """In it: a job done by `a` at the second try, one thrown by `b`, one failed by `b`, one new."""
    start = datetime.now(UTC) - timedelta(seconds=5)
    for how in ("done", "thrown", "failed", "new"):
        started(client, "job", how=how)
    again = take(client, "a")
    client.fail_job(job_key=again, data=JobFailRequest(retries=1, error_message="once more"))
    client.complete_job(job_key=take(client, "a"), data=JobCompletionRequest())
    thrown = JobErrorRequest(error_code="bad", error_message="it is bad")
    client.throw_job_error(job_key=take(client, "b"), data=thrown)
    client.fail_job(
        job_key=take(client, "b"), data=JobFailRequest(retries=0, error_message="broken")
    )
    to = start + timedelta(hours=1)
    return {"from": start.isoformat(), "to": to.isoformat(), "jobType": "pay"}


def counts(metrics: Any) -> tuple[int, int, int]:
    return metrics.created.count, metrics.completed.count, metrics.failed.count


def test_jobs_are_counted_by_type_worker_time_and_error(
    client: CamundaClient, window: dict[str, Any]
) -> None:
    start, to = (datetime.fromisoformat(window[name]) for name in ("from", "to"))
    overall = client.get_global_job_statistics(from_=start, to=to)
    assert counts(overall) == (4, 1, 2)
    assert overall.completed.last_updated_at is not None
    assert counts(client.get_global_job_statistics(from_=to, to=to)) == (0, 0, 0)
    asked = {"filter": window}
    types = client.get_job_type_statistics(data=JobTypeStatisticsQuery.from_dict(asked)).items
    assert [(t.job_type, t.workers, counts(t)) for t in types] == [("pay", 2, (4, 1, 2))]
    query = JobWorkerStatisticsQuery.from_dict(asked)
    workers = client.get_job_worker_statistics(data=query).items
    assert {w.worker: counts(w) for w in workers} == {"a": (1, 1, 1), "b": (2, 0, 1)}
    query = JobErrorStatisticsQuery.from_dict({"filter": {**window, "errorCode": {"$neq": "x"}}})
    errors = client.get_job_error_statistics(data=query).items
    assert [(e.error_code, e.error_message) for e in errors] == [
        ("JOB_FAILED", "broken"),
        ("JOB_FAILED", "once more"),
        ("bad", "it is bad"),
    ]


def test_a_series_has_steps(client: CamundaClient, window: dict[str, Any]) -> None:
    query = JobTimeSeriesStatisticsQuery.from_dict({"filter": {**window, "resolution": "PT30M"}})
    (step,) = client.get_job_time_series_statistics(data=query).items
    assert step.time == datetime.fromisoformat(window["from"])
    assert counts(step) == (4, 1, 2)
    window["to"] = "2096-01-01T00:00:00Z"
    with pytest.raises(BadRequestError):
        client.get_job_time_series_statistics(
            data=JobTimeSeriesStatisticsQuery.from_dict(
                {"filter": {**window, "resolution": "PT1S"}}
            )
        )
