"""Where names are looked up while an expression is evaluated, and where warnings go."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestrator.kernel.errors import TooLarge

MAX_STEPS = 1_000_000


class FeelLimit(TooLarge):
    """An evaluation did more than a stated number of steps."""

    code = "feel.limit"


@dataclass(slots=True)
class Journal:
    """Shared by all scopes of one evaluation: the warnings, and the steps done so far."""

    warnings: list[str] = field(default_factory=list)
    steps: int = 0

    def warn(self, message: str) -> object:
        """Note why a value is null. Always returns None, so that callers can return it."""
        if message not in self.warnings:
            self.warnings.append(message)
        return None

    def step(self) -> None:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise FeelLimit(f"The expression takes more than {MAX_STEPS} steps.")


@dataclass(slots=True)
class Scope:
    variables: Mapping[str, object]
    journal: Journal
    parent: "Scope | None" = None

    def child(self, variables: Mapping[str, object]) -> "Scope":
        return Scope(variables, self.journal, self)

    def lookup(self, name: str) -> tuple[bool, object]:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.variables:
                return True, scope.variables[name]
            scope = scope.parent
        return False, None
