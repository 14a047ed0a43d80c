"""What a run may see and leave: payloads, files, logs, artifacts."""

from datetime import UTC, datetime

import pytest

from orchestrator.kernel.errors import InvalidInput, LeaseLost, NotFound
from orchestrator.store.database import Database
from orchestrator.store.tables import Run
from orchestrator.work import artifacts, claims, files, items, logs, outputs, payloads
from orchestrator.work.model import COMPLETED, NewItem
from orchestrator.work.release import release

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DIGEST, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def run(database: Database) -> Run:
    with database.begin(actor="system") as unit:
        items.enqueue(unit, NewItem("q", {"n": 1}))
    with database.begin(actor="agent:1") as unit:
        return claims.claim(unit, 1, ["q"], 1, 30)[0].run


def test_a_run_reads_and_writes_its_item_and_its_outputs(database: Database, run: Run) -> None:
    with database.begin(actor="run") as unit:
        assert payloads.load(unit, run, run.item_key) == {"n": 1}
        payloads.save(unit, run, run.item_key, [1, "two"])
        output = outputs.create(unit, run, run.item_key, None)
        payloads.save(unit, run, output.key, {"made": True})
    with database.begin(actor="run") as unit:
        assert payloads.load(unit, run, run.item_key) == [1, "two"]
        assert payloads.load(unit, run, output.key) == {"made": True}


def test_after_its_release_an_item_is_read_only(database: Database, run: Run) -> None:
    with database.begin(actor="run") as unit:
        output = outputs.create(unit, run, run.item_key, {})
        release(unit, run.key, run.item_key, COMPLETED)
        assert payloads.load(unit, run, run.item_key) == {"n": 1}
        for key in (run.item_key, output.key):
            with pytest.raises(LeaseLost):
                payloads.save(unit, run, key, {})


def test_other_items_are_out_of_reach(database: Database, run: Run) -> None:
    with database.begin(actor="run") as unit:
        other = items.enqueue(unit, NewItem("q", {"secret": 1}))
        with pytest.raises(NotFound):
            payloads.load(unit, run, other.key)
        with pytest.raises(LeaseLost):
            payloads.save(unit, run, other.key, {})
        with pytest.raises(LeaseLost):
            outputs.create(unit, run, other.key, {})


def test_a_file_shows_once_its_bytes_are_there_and_replaces_its_namesake(
    database: Database, run: Run
) -> None:
    with database.begin(actor="run") as unit:
        file = files.register(unit, run.item_key, "a.txt")
        assert files.of(unit, run.item_key) == []
        files.attach(unit, file.key, DIGEST)
        again = files.register(unit, run.item_key, "a.txt")
        files.attach(unit, again.key, OTHER)
        assert [(f.name, f.digest) for f in files.of(unit, run.item_key)] == [("a.txt", OTHER)]
        files.delete(unit, run.item_key, again.key)
        assert files.of(unit, run.item_key) == []
        with pytest.raises(NotFound):
            files.delete(unit, run.item_key, again.key)


@pytest.mark.parametrize("name", ["", "x" * 256, "a\0"])
def test_an_unusable_file_name_is_refused(database: Database, run: Run, name: str) -> None:
    with database.begin(actor="run") as unit, pytest.raises(InvalidInput):
        files.register(unit, run.item_key, name)


def test_log_lines_are_numbered_and_read_on(database: Database, run: Run) -> None:
    with database.begin(actor="agent") as unit:
        logs.append(unit, run.key, [logs.NewLine(NOW, "stdout", f"line {n}") for n in range(3)])
        assert logs.append(unit, run.key, [logs.NewLine(NOW, "stderr", "x\0" + "y" * 9000)]) == 4
        with pytest.raises(InvalidInput):
            logs.append(unit, run.key, [logs.NewLine(NOW, "elsewhere", "")])
    with database.begin(actor="agent") as unit:
        lines = logs.read(unit, run.key, after=2)
        assert [(line.number, line.stream) for line in lines] == [(3, "stdout"), (4, "stderr")]
        assert len(lines[1].text) == logs.LINE_LIMIT
        assert [line.number for line in logs.read(unit, run.key, limit=2)] == [1, 2]


def test_artifacts_stay_with_the_run(database: Database, run: Run) -> None:
    with database.begin(actor="agent") as unit:
        artifacts.add(unit, run, "screen.png", DIGEST)
    with database.begin(actor="agent") as unit:
        assert [(a.name, a.digest) for a in artifacts.of(unit, run.key)] == [("screen.png", DIGEST)]
