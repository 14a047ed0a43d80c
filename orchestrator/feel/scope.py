"""What an evaluation looks at: the variables given to it, the values bound on the way, the warnings
and the steps done so far."""

from collections.abc import Mapping

from msgspec import Struct, field

from orchestrator.kernel.errors import TooLarge

MAX_STEPS = 1_000_000


class FeelLimit(TooLarge):
    """An evaluation did more than a stated number of steps."""

    code = "feel.limit"


class Scope(Struct):
    """One evaluation. `slots` holds what loops, filters, contexts and functions bind: where each
    stands is told when the expression is compiled (see `compiler.names`)."""

    variables: Mapping[str, object]
    slots: list[object] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    steps: int = 0

    def warn(self, message: str) -> object:
        """Note why a value is null. Always returns None, so that callers can return it."""
        if message not in self.warnings:
            self.warnings.append(message)
        return None

    def spend(self, steps: int) -> None:
        """Raises FeelLimit when these are more than an evaluation may take."""
        self.steps += steps
        if self.steps > MAX_STEPS:
            raise FeelLimit(f"The expression takes more than {MAX_STEPS} steps.")
