"""`deskhand up`: the whole of Deskhand on one machine, fed with invoices."""

import secrets
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from rich.console import Console
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from orchestrator.cli import report
from orchestrator.cli.client import Client
from orchestrator.cli.feed import Case, feed, settle
from orchestrator.cli.stack import Program, free_port
from orchestrator.kernel.errors import InvalidInput, Unavailable
from orchestrator.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
FLOW = ROOT / "flows" / "invoice_to_pay"
VENDORS = "vendors.xlsx"
PEOPLE = (("clara", "Clara Clerk", "clerk"), ("adam", "Adam Approver", "approver"))
START_SECONDS = 90.0
LOOK_SECONDS = 0.7
WIDTH = 180  # of the table when it goes to a file


@dataclass(frozen=True, slots=True)
class Request:
    input: Path | None
    once: bool
    report: Path | None


class Stack:
    """Orchestrator, sample ERP and one agent over one data folder."""

    def __init__(self, settings: Settings, console: Console) -> None:
        self.data, self.console = settings.folder, console
        self.data.mkdir(parents=True, exist_ok=True)
        self.url = f"http://{settings.host}:{free_port(settings.port)}"
        self.erp_url = f"http://127.0.0.1:{free_port(8810)}"
        self.password = _kept_secret(self.data / "demo-password")
        self.client = Client(self.url, ("admin", self.password))
        self._reference = settings.reference

    @contextmanager
    def running(self) -> Iterator[None]:
        """Everything is up inside; stopped in order (agent first) on leaving."""
        with ExitStack() as stack, self.console.status("Starting") as status:
            stack.callback(self.client.close)
            erp, orchestrator = self._erp(), self._orchestrator()
            for program in (erp, orchestrator):
                stack.callback(program.stop)
                program.start()
            status.update("Building the bots' environments (only the first time)")
            self._prepare_bots(stack)
            status.update("Starting the orchestrator")
            self._until_up(orchestrator)
            self._people()
            agent = self._agent()
            stack.callback(agent.stop)
            agent.start()
            self.programs = (erp, orchestrator, agent)
            status.stop()
            yield

    def deploy(self) -> None:
        forms = sorted((FLOW / "forms").glob("*.form"))
        self.client.deploy([*sorted(FLOW.glob("*.dmn")), *forms, *sorted(FLOW.glob("*.bpmn"))])

    def keep_up(self) -> None:
        """Start again what has ended: a crash of one part must not end the whole."""
        for program in self.programs:
            program.keep_up()

    def _erp(self) -> Program:
        port = self.erp_url.rpartition(":")[2]
        database = str(self.data / "erp.sqlite")
        return self.program("erp", "samples.legacy_erp", "web", "--port", port, "--db", database)

    def _orchestrator(self) -> Program:
        host, port = self.url.removeprefix("http://").split(":")
        env = {
            "DESKHAND_DATA_DIR": str(self.data),
            "DESKHAND_HOST": host,
            "DESKHAND_PORT": port,
            "DESKHAND_PUBLIC_URL": self.url,
            "DESKHAND_ADMIN_USERNAME": "admin",
            "DESKHAND_ADMIN_PASSWORD": self.password,
        }
        return self.program("orchestrator", "orchestrator.cli", "orchestrator", env=env)

    def _agent(self) -> Program:
        env = {
            "DESKHAND_ENROLLMENT_TOKEN": self._enrollment_token(),
            "DESKHAND_BOT_ENV": "DESKHAND_ERP_URL,DESKHAND_ERP_USER,DESKHAND_ERP_PASSWORD,"
            "DESKHAND_ERP_DB,DESKHAND_REFERENCE_DIR",
            "DESKHAND_ERP_URL": self.erp_url,
            "DESKHAND_ERP_USER": "robot",
            "DESKHAND_ERP_PASSWORD": "robot",
            "DESKHAND_ERP_DB": str(self.data / "erp.sqlite"),
            "DESKHAND_REFERENCE_DIR": str(self._reference),
        }
        arguments = ("run", "--server", self.url, *self._bots())
        return self.program("agent", "agent", *arguments, env=env)

    def _enrollment_token(self) -> str:
        """For the first start only: afterwards the agent has a token of its own."""
        if (self.data / "agent" / "agent-token").exists():
            return ""
        answer = self.client.post("/v2/agents/enrollment-tokens", {"name": "demo"})
        return str(answer["enrollmentToken"])

    def _bots(self) -> tuple[str, ...]:
        return ("--bots", str(ROOT / "bots"), "--data", str(self.data / "agent"))

    def _prepare_bots(self, stack: ExitStack) -> None:
        prepare = self.program("prepare", "agent", "prepare", *self._bots())
        stack.callback(prepare.stop)
        prepare.start()
        prepare.wait()

    def program(
        self, name: str, module: str, *args: str, env: dict[str, str] | None = None
    ) -> Program:
        # Found from anywhere, and never shadowed by the caller's folder
        env = {"PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1", **(env or {})}
        return Program(name, [sys.executable, "-m", module, *args], self.data / "run", env)

    def _until_up(self, program: Program) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.client.is_up():
            program.keep_up()
            if time.monotonic() > deadline:
                raise Unavailable(f"No answer from {self.url} after {START_SECONDS:.0f} s.")
            time.sleep(0.1)

    def _people(self) -> None:
        known = {u["username"] for u in self.client.search("users")}
        for username, name, role in PEOPLE:
            if username not in known:
                user = {"username": username, "name": name, "roles": [role]}
                self.client.post("/v2/users", {**user, "password": self.password})


def up(settings: Settings, request: Request) -> None:
    """Raises `InvalidInput` when the reference data that are named are not there."""
    if settings.reference_dir and not (settings.reference / VENDORS).is_file():
        raise InvalidInput(f"There is no {VENDORS} in {settings.reference}.")
    console = Console() if sys.stdout.isatty() else Console(width=WIDTH)
    stopped = _stop_on_signals()
    stack = Stack(settings, console)
    samples = stack.data / "samples"
    _draw_samples(samples, stack)
    with stack.running():
        stack.deploy()
        cases = list(_progress(console, stack, request.input or samples / "pdf", stopped))
        console.print(report.table(cases))
        if request.report:
            report.write(cases, request.report)
        _farewell(console, stack)
        while not request.once and not stopped.wait(1):
            stack.keep_up()


def _progress(
    console: Console, stack: Stack, folder: Path, stopped: threading.Event
) -> Iterator[Case]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    progress = Progress(*columns, console=console)
    with Live(progress, console=console, refresh_per_second=4):
        cases = feed_through(stack, folder)
        bar = progress.add_task("Invoices", total=len(cases))
        while not stopped.is_set() and any(not c.outcome for c in cases):
            stack.keep_up()
            with suppress(Unavailable):  # it is being started again: look once more later
                settle(stack.client, cases)
            done = sum(bool(c.outcome) for c in cases)
            progress.update(bar, completed=done, total=len(cases))
            stopped.wait(LOOK_SECONDS)
        progress.update(bar, completed=sum(bool(c.outcome) for c in cases))
    yield from cases


def feed_through(stack: Stack, folder: Path) -> list[Case]:
    """Feed a whole folder. Feeding again is safe, so a feed that breaks is begun again."""
    while True:
        try:
            return list(feed(stack.client, folder))
        except Unavailable:
            stack.keep_up()
            time.sleep(LOOK_SECONDS)


def _farewell(console: Console, stack: Stack) -> None:
    users = "admin, " + ", ".join(f"{u} ({role})" for u, _, role in PEOPLE)
    console.print(f"\nConsole  [link={stack.url}]{stack.url}[/link]")
    console.print(f"Login    {users}; password {stack.password}")
    console.print(f"ERP      {stack.erp_url}  (robot / robot)")
    console.print("Stop with Ctrl-C; `make demo-reset` forgets everything.")


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text()


def _draw_samples(folder: Path, stack: Stack) -> None:
    if not (folder / "expected.json").exists():
        draw = stack.program("draw", "samples.invoices", str(folder))
        draw.start()
        draw.wait()


def _stop_on_signals() -> threading.Event:
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    return stopped
