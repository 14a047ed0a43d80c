"""A bot runs from a copy of its folder alone: it must not know its place in the checkout."""

import ast
from pathlib import Path

import pytest

BOTS = Path(__file__).resolve().parents[2] / "bots"
# Run by people in the checkout, never by an agent
TOOLS = {"__main__.py", "evaluate"}


def sources() -> list[Path]:
    return [
        file
        for file in sorted(BOTS.glob("*/**/*.py"))
        if not TOOLS & set(file.relative_to(BOTS).parts[1:])
    ]


@pytest.mark.parametrize("file", sources(), ids=lambda file: str(file.relative_to(BOTS)))
def test_no_bot_imports_by_the_name_of_its_package(file: Path) -> None:
    imported = {
        name
        for node in ast.walk(ast.parse(file.read_text()))
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    }
    assert not {name for name in imported if name.split(".")[0] == "bots"}
