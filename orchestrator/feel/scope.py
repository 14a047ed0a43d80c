"""Where names are looked up while an expression is evaluated, and where warnings go."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from orchestrator.kernel.errors import TooLarge

MAX_STEPS = 1_000_000


class FeelLimit(TooLarge):
    """An evaluation did more than a stated number of steps."""

    code = "feel.limit"


class Journal(Struct):
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


class Scope(Struct):
    variables: Mapping[str, object]
    journal: Journal
    parent: "Scope | None" = None

    def child(self, variables: Mapping[str, object]) -> "Scope":
        return Scope(variables, self.journal, self)

    def knows(self, names: Iterable[str]) -> bool:
        """Whether a variable has one of these names."""
        scope: Scope | None = self
        while scope is not None:
            for name in names:
                if name in scope.variables:
                    return True
            scope = scope.parent
        return False
