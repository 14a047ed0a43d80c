"""The repository speaks of the product alone, and every promise in it is kept documented."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text()


def test_every_setting_is_documented() -> None:
    from orchestrator.settings import Settings

    missing = [
        name
        for name in Settings.model_fields
        if f"DESKHAND_{name.upper()}" not in README + ARCHITECTURE
    ]
    assert not missing


def test_every_error_code_is_documented() -> None:
    """Codes are what clients branch on: each is named once in docs/errors.md."""
    documented = (ROOT / "docs" / "errors.md").read_text()
    codes: set[str] = set()
    for file in (ROOT / "orchestrator").rglob("*.py"):
        text = file.read_text()
        codes |= set(re.findall(r'^    code = "([a-z_.]+)"', text, re.M))
        codes |= set(re.findall(r'\bcode="([a-z_]+\.[a-z_.]+)"', text))
    assert not {c for c in codes if f"`{c}`" not in documented}


def test_the_core_evaluates_no_source_text() -> None:
    offenders = [
        str(file.relative_to(ROOT))
        for folder in ("orchestrator", "agent", "bots")
        for file in (ROOT / folder).rglob("*.py")
        if "node_modules" not in file.parts
        and re.search(r"(?<![\w.])(eval|exec)\(", file.read_text())
    ]
    assert not offenders
