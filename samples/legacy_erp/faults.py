"""The ways this ERP fails, switched on by POST /_faults."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, fields


@dataclass
class Faults:
    """What is wrong with the ERP at the moment.

    slow_ms delays every page; fail_rate is the share of pages answered with an error;
    session_seconds is how long a session lives without a click; lose_response is how many
    of the next bookings are committed without an answer reaching the browser.
    """

    slow_ms: int = 0
    fail_rate: float = 0.0
    session_seconds: float = 600.0
    lose_response: int = 0
    _dice: random.Random = field(default_factory=lambda: random.Random(7), repr=False)  # noqa: S311

    def set(self, form: Mapping[str, str]) -> None:
        """Take the faults named in the form; ValueError for a value that is no number."""
        for known in fields(self):
            if known.init and known.name in form and not known.name.startswith("_"):
                setattr(self, known.name, type(getattr(self, known.name))(form[known.name]))

    async def delay(self) -> None:
        await asyncio.sleep(self.slow_ms / 1000)

    def strikes(self) -> bool:
        return self._dice.random() < self.fail_rate

    def loses_response(self) -> bool:
        if self.lose_response <= 0:
            return False
        self.lose_response -= 1
        return True
