"""Whatever a client sends, the answer is one that openapi.json describes, and no server error."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlmodel import select

from orchestrator.process.deploy import deploy
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.tables import ElementInstance, UserTask, Variable, WorkItem
from tests.service.camunda import JOB, RISK, TASK
from tests.service.conftest import PASSWORD

ROOT = Path(__file__).parents[2]
HOOKS = Path(__file__).parent / "schemathesis_hooks"
SECONDS = 240
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance"
NOT_ASKED = r"/v2/events$|/v2/login$|/v2/logout$"
"""A stream that never ends, and what would lock the tests' own user out."""
SETTINGS = """[checks.not_a_server_error]
expected-statuses = ["2xx", "3xx", "4xx", "501"]
"""
"""501 says that a part of Camunda's API is not there, which is an answer where it is described."""


@pytest.mark.contract
@pytest.mark.timeout(4 * SECONDS)
def test_every_answer_is_described(address: str, database: Database, tmp_path: Path) -> None:
    options = ["--checks", f"{CHECKS},response_schema_conformance", "--continue-on-failure"]
    options += ["--phases", "coverage,fuzzing", "--suppress-health-check", "all"]
    options += ["--exclude-path-regex", NOT_ASKED, "--max-time", str(SECONDS)]
    options += ["--auth", f"admin:{PASSWORD}", "--request-timeout", "60"]
    (tmp_path / "schemathesis.toml").write_text(SETTINGS)
    program = Path(sys.executable).parent / "schemathesis"
    command = [program, "run", ROOT / "openapi.json", "--url", address, *options]
    given = {"DESKHAND_KEYS": json.dumps(keys(database)), "SCHEMATHESIS_HOOKS": "hooks"}
    environment = {**os.environ, **given, "PYTHONPATH": str(HOOKS)}
    ran = subprocess.run(command, env=environment, cwd=tmp_path, check=False)
    assert ran.returncode == 0


def keys(database: Database) -> dict[str, str]:
    """Of one thing of each kind, by the path that its key follows."""
    with database.begin(actor="test") as unit:
        files = [("job.bpmn", JOB), ("task.bpmn", TASK), ("risk.dmn", RISK)]
        done = deploy(unit, [(name, text.encode()) for name, text in files])
        start(unit, StartRequest("job", variables={"sum": 1}))
        instance = start(unit, StartRequest("task", variables={"sum": 1})).instance
        unit.session.flush()
        kinds = {
            "user-tasks": UserTask,
            "variables": Variable,
            "jobs": WorkItem,
            "work-items": WorkItem,
            "element-instances": ElementInstance,
        }
        some = {name: unit.session.exec(select(kind.key)).first() for name, kind in kinds.items()}
        known = {
            "process-instances": instance.key,
            "process-definitions": done.processes[0].key,
            "decision-definitions": done.decisions[0].key,
            "decision-requirements": done.requirements[0].key,
        }
    return {f"/v2/{name}": str(key) for name, key in {**some, **known}.items()}
