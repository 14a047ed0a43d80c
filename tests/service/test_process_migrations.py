"""A plan for many instances: dry run, canary, the rest in batches, and back."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from orchestrator import background, bpmn
from orchestrator.audit import read
from orchestrator.bpmn.change.plan import same_ids
from orchestrator.kernel.errors import Conflict, InvalidInput
from orchestrator.process import definitions, instances, job_workers
from orchestrator.process.deploy import deploy
from orchestrator.process.migrations import plans, steps
from orchestrator.process.start import StartRequest, start
from orchestrator.process.variables import set_at
from orchestrator.store.database import Database
from orchestrator.store.tables import Migration, MigrationMember, ProcessInstance
from tests.service.conftest import Login
from tests.service.test_process_migrate import rows

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="p" isExecutable="true">
<startEvent id="s"/>"""
TAIL = "</process></definitions>"
A = """<serviceTask id="{0}"><extensionElements><zeebe:taskDefinition type="{0}"/>
</extensionElements></serviceTask>"""
FLOW = '<sequenceFlow id="{0}-{1}" sourceRef="{0}" targetRef="{1}"/>'


def line(*ids: str) -> bytes:
    tasks = "".join(A.format(name) for name in ids)
    places = ["s", *ids, "e"]
    flows = "".join(FLOW.format(*pair) for pair in itertools.pairwise(places))
    return f'{HEAD}{tasks}<endEvent id="e"/>{flows}{TAIL}'.encode()


NEEDS_RISK = line("a", "b").replace(b'type="b"', b'type="=string(risk)"')
BRANCH = (
    HEAD
    + A.format("a")
    + A.format("b")
    + '<parallelGateway id="fork"/><parallelGateway id="join"/><endEvent id="e"/>'
    + "".join(
        FLOW.format(*f.split(">"))
        for f in ("s>fork", "fork>a", "fork>b", "a>join", "b>join", "join>e")
    )
    + TAIL
).encode()


def planned(
    database: Database, target: bytes, *variables: dict[str, Any], **mapping: str
) -> tuple[int, list[int]]:
    """A plan to bring one instance per set of variables from a line a to `target`, and its
    instances."""
    with database.begin(actor="test") as unit:
        (source,) = deploy(unit, [("p.bpmn", line("a"))]).processes
        keys = [start(unit, StartRequest("p", variables=v)).instance.key for v in variables]
        (newer,) = deploy(unit, [("p.bpmn", target)]).processes
        elements = same_ids(definitions.executable(source), definitions.executable(newer))
        plan = plans.create(unit, source.key, newer.key, {**elements, **mapping})
        assert plan.state == "CHECKING"
        key = plan.key
    background.migrate(database, "default")
    return key, keys


def act(database: Database, what: Any, *arguments: Any, **options: Any) -> None:
    with database.begin(actor="manager") as unit:
        what(unit, *arguments, **options)
    background.migrate(database, "default")


def state(database: Database, key: int) -> str:
    with database.begin(actor="test") as unit:
        return plans.get(unit, key).state


def counts(database: Database, key: int) -> dict[str, int]:
    with database.begin(actor="test") as unit:
        return plans.counts(unit, key)


def versions(database: Database) -> list[int]:
    with database.begin(actor="test") as unit:
        query = select(ProcessInstance.version).order_by(col(ProcessInstance.key))
        return list(unit.session.exec(query))


def members(database: Database, key: int) -> list[MigrationMember]:
    with database.begin(actor="test") as unit:
        query = select(MigrationMember).where(MigrationMember.migration_key == key)
        return list(unit.session.exec(query.order_by(col(MigrationMember.instance_key))))


def test_the_dry_run_reports_each_instance_and_changes_none(database: Database) -> None:
    key, _ = planned(database, NEEDS_RISK, {"risk": 1}, {})
    assert state(database, key) == "READY"
    known, unknown = members(database, key)
    assert (known.verdict, unknown.verdict) == ("OK", "LACKS_VARIABLE")
    assert unknown.report is not None
    assert unknown.report["missing"] == [
        {"name": "risk", "element_id": "b", "may_come_from": ["a"]}
    ]
    assert versions(database) == [1, 1]


def test_the_dry_run_finds_who_would_be_stuck_at_a_join(database: Database) -> None:
    key, _ = planned(database, BRANCH, {})
    (member,) = members(database, key)
    assert (member.verdict, (member.report or {})["stuck_at"]) == ("STUCK", ["join"])


def test_the_canary_goes_first_then_the_rest_in_batches(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "BATCH", 2)
    key, keys = planned(database, line("a", "b"), *({} for _ in range(6)))
    act(database, plans.start_canary, key, 1)
    assert (state(database, key), versions(database)) == ("PAUSED", [2, 1, 1, 1, 1, 1])
    act(database, plans.go_on, key)
    assert (state(database, key), versions(database)) == ("DONE", [2] * 6)
    with database.begin(actor="test") as unit:
        found = read(unit, f"migration/{key}")
        batches = [x.data["migrated"] for x in found if x.data and "migrated" in x.data]
        assert [len(b) for b in batches] == [1, 2, 2, 1]
        assert [x.kind for x in found if x.actor == "manager"] == [
            "migration.canary",
            "migration.running",
        ]
        assert read(unit, f"process-instance/{keys[0]}")[-1].kind == "process.migrate_instance"


def codes(member: MigrationMember) -> list[tuple[str, str]]:
    return [(f["element"], f["rule"]) for f in (member.report or {})["findings"]]


def test_reverting_restores_everything_exactly(database: Database) -> None:
    key, _ = planned(database, line("z", "b"), {"n": 1}, {}, {}, a="z")
    before = rows(database)
    act(database, plans.go_on, key)
    assert rows(database) != before
    act(database, plans.revert, key)
    assert (state(database, key), rows(database)) == ("REVERTED", before)


def test_one_that_has_gone_on_goes_back_from_where_it_is_or_stays(database: Database) -> None:
    key, keys = planned(database, line("a", "b"), {}, {}, {})
    act(database, plans.go_on, key)
    with database.begin(actor="test") as unit:
        set_at(unit, keys[0], {"seen": True}, local=False)
        jobs = job_workers.activate(unit, "w", "a", 3, timedelta(minutes=1))
        (job,) = (claim.item.key for claim in jobs if claim.item.instance_key == keys[1])
        job_workers.complete(unit, job, {})
    act(database, plans.revert, key)
    first, second, third = members(database, key)
    assert (first.state, second.state, third.state) == ("REVERTED", "KEPT", "REVERTED")
    assert codes(first) == [("", "migration.gone_back")]
    assert codes(second) == [("b", "migration.unmapped")]
    assert "b is active" in (second.report or {})["reason"]
    assert codes(third) == [("", "migration.restored")]
    assert versions(database) == [1, 2, 1]


def test_risky_ones_stay_unless_told_and_refused_ones_always(database: Database) -> None:
    key, _ = planned(database, NEEDS_RISK, {"risk": 1}, {})
    act(database, plans.go_on, key)
    assert versions(database) == [2, 1]
    stuck, _ = planned(database, BRANCH, {})
    act(database, plans.go_on, stuck, risky=True)
    assert counts(database, stuck) == {"MIGRATED": 1}
    refused, _ = planned(database, line("b"), {})
    act(database, plans.go_on, refused, risky=True)
    assert counts(database, refused) == {"REFUSED": 1}


def test_one_that_has_moved_since_the_dry_run_is_judged_again(database: Database) -> None:
    key, keys = planned(database, line("a", "b"), {}, {})
    with database.begin(actor="test") as unit:
        instances.cancel(unit, keys[0])
    act(database, plans.go_on, key)
    gone, moved = members(database, key)
    assert (gone.state, gone.verdict, moved.state) == ("PENDING", "REFUSED", "MIGRATED")


def test_what_the_state_does_not_allow_is_refused(database: Database) -> None:
    key, _ = planned(database, line("a", "b"), {})
    with database.begin(actor="test") as unit, pytest.raises(Conflict):
        plans.revert(unit, key)
    with database.begin(actor="test") as unit:
        plan = plans.get(unit, key)
        with pytest.raises(bpmn.BadInstruction):
            plans.create(unit, plan.source_key, plan.target_key, {"a": "nothing"})
        with pytest.raises(InvalidInput, match="is running"):
            plans.create(unit, plan.target_key, plan.source_key, {"a": "a"})


def test_over_http(database: Database, login: Login) -> None:
    with database.begin(actor="test") as unit:
        (source,) = deploy(unit, [("p.bpmn", line("a"))]).processes
        instance = start(unit, StartRequest("p")).instance.key
        (target,) = deploy(unit, [("p.bpmn", line("a", "b"))]).processes
        pair = {
            "sourceProcessDefinitionKey": str(source.key),
            "targetProcessDefinitionKey": str(target.key),
        }
    client = login("admin")
    suggested = client.post("/v2/migrations/suggestion", json=pair).json()
    mapping = suggested["mappingInstructions"]
    assert {"sourceElementId": "a", "targetElementId": "a"} in mapping
    assert [x["elementId"] for x in suggested["targetElements"]] == ["s", "a", "b", "e"]
    body = {**pair, "mappingInstructions": mapping}
    path = f"/v2/process-instances/{instance}/migration/dry-run"
    assert client.post(path, json=body).json()["verdict"] == "OK"
    key = client.post("/v2/migrations", json=body).json()["migrationKey"]
    background.migrate(database, "default")
    assert client.get(f"/v2/migrations/{key}").json()["instances"]["ok"] == 1
    found = client.post(f"/v2/migrations/{key}/instances/search", json={}).json()["items"]
    assert [(m["processInstanceKey"], m["verdict"]) for m in found] == [(str(instance), "OK")]
    assert client.post(f"/v2/migrations/{key}/canary", json={"size": 1}).status_code == 200
    background.migrate(database, "default")
    assert client.post(f"/v2/migrations/{key}/continuation", json={}).status_code == 200
    background.migrate(database, "default")
    assert client.get(f"/v2/migrations/{key}").json()["state"] == "DONE"
    assert client.post(f"/v2/migrations/{key}/reversion", json={}).status_code == 200
    background.migrate(database, "default")
    wanted = {"state": "REVERTED", "sourceProcessDefinitionKey": {"$in": [str(source.key)]}}
    listed = client.post("/v2/migrations/search", json={"filter": wanted}).json()
    assert [m["migrationKey"] for m in listed["items"]] == [key]
    clerk = login("clerk")
    assert clerk.post("/v2/migrations", json=body).status_code == 403


def test_a_modification_is_tried_over_http(database: Database, login: Login) -> None:
    with database.begin(actor="test") as unit:
        deploy(unit, [("p.bpmn", BRANCH)])
        instance = start(unit, StartRequest("p")).instance.key
    path = f"/v2/process-instances/{instance}/modification/dry-run"
    body = {"terminateInstructions": [{"elementId": "a"}]}
    found = login("admin").post(path, json=body).json()
    assert (found["verdict"], found["stuckAt"]) == ("STUCK", ["join"])
    with database.begin(actor="test") as unit:
        assert len(read(unit, f"process-instance/{instance}")) == 1
        assert unit.session.exec(select(Migration)).all() == []
