"""Floor 9: the `deskhand` command."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from orchestrator.cli import up as up_command
from orchestrator.cli.client import Client
from orchestrator.cli.stack import stop_leftover
from orchestrator.kernel.errors import DeskhandError, InvalidInput
from orchestrator.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Deskhand puts bots and people on one queue, with every step on the record.",
)
db = typer.Typer(no_args_is_help=True, help="Upgrade, back up and restore the database.")
audit = typer.Typer(no_args_is_help=True, help="Prove that the record is whole.")
app.add_typer(db, name="db")
app.add_typer(audit, name="audit")

ServerOption = Annotated[
    str, typer.Option("--server", envvar="DESKHAND_SERVER", help="Address of the orchestrator.")
]
LOCAL = "http://127.0.0.1:8800"


@app.command()
def up(
    folder: Annotated[
        Path | None, typer.Option("--input", exists=True, file_okay=False, help="Your invoices.")
    ] = None,
    reference: Annotated[
        Path | None,
        typer.Option(
            exists=True, file_okay=False, help="Your vendors.xlsx and purchase_orders.xlsx."
        ),
    ] = None,
    once: Annotated[bool, typer.Option(help="End when only a person can move things on.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write the table as JSON here.")] = None,
) -> None:
    """Run everything on this machine and feed it invoices (the samples by default)."""
    settings = Settings() if reference is None else Settings(reference_dir=reference)
    up_command.up(settings, up_command.Request(folder, once, report))


@app.command()
def down() -> None:
    """Stop what a killed `up` left running on this data folder."""
    data = Settings().folder
    for name in ("agent", "orchestrator", "erp", "prepare"):
        stop_leftover(data / "run" / f"{name}.pid")
    from orchestrator.app import stop_embedded

    stop_embedded(Settings())


@app.command()
def orchestrator() -> None:
    """Run the server: API, console and, with no database configured, its own PostgreSQL."""
    from orchestrator.app import serve

    serve(Settings())


@app.command(
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    add_help_option=False,
)
def agent(context: typer.Context) -> None:
    """Run an agent on this machine: `deskhand agent run --server URL --enrollment-token T`."""
    raise typer.Exit(_python("-m", "agent", *context.args))


@app.command()
def deploy(
    flow: Annotated[Path, typer.Argument(exists=True, file_okay=False)],
    server: ServerOption = LOCAL,
) -> None:
    """Deploy every .bpmn, .dmn and .form file below FLOW."""
    files = sorted(f for f in flow.rglob("*") if f.suffix in {".bpmn", ".dmn", ".form"})
    if not files:
        raise InvalidInput(f"No .bpmn, .dmn or .form file below {flow}.")
    _print(_client(server).deploy(files))


@app.command()
def start(
    process: str,
    var: Annotated[
        list[str] | None, typer.Option(help="NAME=VALUE, VALUE as JSON or text.")
    ] = None,
    document: Annotated[
        list[str] | None, typer.Option(help="NAME=FILE: uploads FILE, NAME refers to it.")
    ] = None,
    business_key: str | None = None,
    server: ServerOption = LOCAL,
) -> None:
    """Start an instance of PROCESS."""
    client = _client(server)
    variables = dict(_pair(v, _json) for v in var or ())
    variables |= dict(_pair(d, lambda file: client.upload(Path(file))) for d in document or ())
    _print(client.start(process, variables, business_key))


@app.command()
def extract(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Read a PDF or e-invoice (XML, OFD) with the invoice bot and print it as JSON."""
    data = Settings().folder / "agent"
    bot = up_command.ROOT / "bots" / "invoice_entry"
    arguments = ("-m", "reading", "extract", str(file.resolve()))
    raise typer.Exit(
        _python("-m", "agent", "exec", str(bot), "--data", str(data), "--", *arguments)
    )


@db.command()
def upgrade() -> None:
    """Bring the schema to this version."""
    from orchestrator.app import upgrade_database

    upgrade_database(Settings())


@db.command()
def backup(file: Path) -> None:
    """Write the database and the documents into one archive."""
    from orchestrator.app import backup as write_backup

    write_backup(Settings(), file)


@db.command()
def restore(file: Annotated[Path, typer.Argument(exists=True)]) -> None:
    """Load an archive into an empty database."""
    from orchestrator.app import restore as load_backup

    load_backup(Settings(), file)


@audit.command()
def verify() -> None:
    """Recompute every hash chain of the ledger; names the first broken link of each."""
    from orchestrator.app import verify_ledger

    count, breaks = verify_ledger(Settings())
    for found in breaks:
        Console().print(f"[red]broken[/] {found}")
    Console().print(f"{count} events verified, {len(breaks)} chains broken")
    raise typer.Exit(1 if breaks else 0)


def main() -> None:
    """The entry point: an expected error is a message and exit code 2, never a traceback."""
    try:
        app()
    except DeskhandError as error:
        Console(stderr=True).print(f"[red]{error.code}[/] {error.message}", highlight=False)
        sys.exit(2)


def _client(server: str) -> Client:
    token = os.environ.get("DESKHAND_API_TOKEN")
    if token:
        return Client(server, token)
    user = os.environ.get("DESKHAND_USERNAME", "admin")
    password = os.environ.get("DESKHAND_PASSWORD") or _demo_password()
    return Client(server, (user, password))


def _demo_password() -> str:
    file = Settings().folder / "demo-password"
    if not file.exists():
        raise InvalidInput("Set DESKHAND_API_TOKEN, or DESKHAND_USERNAME and DESKHAND_PASSWORD.")
    return file.read_text()


def _pair(text: str, read: Callable[[str], object]) -> tuple[str, object]:
    name, sign, value = text.partition("=")
    if not sign:
        raise InvalidInput(f"{text!r} is not NAME=VALUE.")
    return name, read(value)


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _print(value: object) -> None:
    typer.echo(json.dumps(value, indent=2, ensure_ascii=False))


def _python(*arguments: str) -> int:
    return subprocess.call(
        [sys.executable, *arguments], env={**os.environ, "PYTHONPATH": str(up_command.ROOT)}
    )
