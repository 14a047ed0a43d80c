"""What PostgreSQL plans for the hot statements while the tables of a new installation are small,
and keeps while they grow."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from orchestrator.process import job_workers
from orchestrator.process.deploy import deploy
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database

INSTANCES = 200
MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
targetNamespace="t" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
<process id="one" isExecutable="true"><startEvent id="start"/>
<serviceTask id="work"><extensionElements><zeebe:taskDefinition type="plans"/></extensionElements>
</serviceTask><endEvent id="end"/>
<sequenceFlow id="a" sourceRef="start" targetRef="work"/>
<sequenceFlow id="b" sourceRef="work" targetRef="end"/></process></definitions>"""


@pytest.fixture
def used(database: Database) -> Database:
    """A database that was empty until one connection started instances and did their work."""
    with database.begin(actor="system") as unit:
        deploy(unit, [("one.bpmn", MODEL)])
    for _ in range(INSTANCES):
        with database.begin(actor="system") as unit:
            start(unit, StartRequest(process_id="one"))
    for _ in range(INSTANCES):
        with database.begin(actor="system") as unit:
            (job,) = job_workers.activate(unit, "w", "plans", 1, timedelta(minutes=1))
        with database.begin(actor="system") as unit:
            job_workers.complete(unit, job.item.key, {"done": True})
    return database


def test_a_statement_reads_what_it_is_about_and_not_all_the_tenant_has(used: Database) -> None:
    with used.begin(actor="system") as unit:
        unit.session.execute(text("SELECT pg_stat_force_next_flush()"))
    query = "SELECT indexrelname, idx_tup_read, idx_scan FROM pg_stat_user_indexes"
    with used.begin(actor="system") as unit:
        rows = unit.session.execute(text(query)).all()
    assert sum(scans for _, _, scans in rows) > 10 * INSTANCES
    wasteful = {name: read / scans for name, read, scans in rows if read > 5 * scans}
    assert wasteful == {}


def test_a_hot_statement_is_planned_once_and_not_each_time(used: Database) -> None:
    query = "SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements"
    with used.begin(actor="system") as unit:
        hot = [row for row in unit.session.execute(text(query)) if 2 * sum(row[1:]) > INSTANCES]
    assert len(hot) > 5
    assert [statement for statement, generic, custom in hot if custom > generic] == []
