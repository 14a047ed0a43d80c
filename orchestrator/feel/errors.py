"""What can be wrong with a FEEL text. Evaluation never raises: it gives null and warnings."""

from orchestrator.kernel.errors import InvalidInput


class FeelSyntaxError(InvalidInput):
    """The text is not FEEL. The message names the place."""

    code = "feel.syntax"

    def __init__(self, message: str, text: str, position: int) -> None:
        shown = text if len(text) <= 80 else text[:77] + "..."
        super().__init__(f"{message} at character {position + 1} of {shown!r}")
        self.position = position
