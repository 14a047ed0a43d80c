"""What became of the files: as a table for people, as JSON for programs."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from orchestrator.cli.feed import Case

COLOURS = {"booked": "green", "waiting for review": "yellow", "waiting for approval": "cyan"}


def table(cases: Sequence[Case]) -> Table:
    counts = ", ".join(f"{n} {o}" for o, n in Counter(c.outcome for c in cases).most_common())
    out = Table(title=f"{len(cases)} files: {counts}", title_justify="left")
    for head in ("File", "Vendor", "Number"):
        out.add_column(head, overflow="fold")
    out.add_column("Gross", justify="right", no_wrap=True)
    for head in ("Outcome", "Why", "ERP number"):
        out.add_column(head, overflow="fold")
    out.add_column("Seconds", justify="right")
    for case in cases:
        out.add_row(*_row(case))
    return out


def _row(case: Case) -> tuple[str, ...]:
    colour = COLOURS.get(case.outcome, "red")
    fields = case.fields
    gross = f"{fields.get('gross') or ''} {fields.get('currency') or ''}".strip()
    return (
        case.file,
        str(fields.get("seller") or ""),
        str(fields.get("number") or ""),
        gross,
        f"[{colour}]{case.outcome or 'moving'}[/]",
        case.reasons[0] if case.reasons else "",
        case.erp_number,
        f"{case.seconds:.1f}",
    )


def write(cases: Sequence[Case], path: Path) -> None:
    path.write_text(json.dumps([asdict(c) for c in cases], indent=1, ensure_ascii=False) + "\n")
