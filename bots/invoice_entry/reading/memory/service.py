"""The vendor memory that the orchestrator keeps, reached with the token of the run."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import httpx
from robocorp.workitems import ApplicationException

from .summary import summary
from .vendor import Confirmation, VendorMemory

_HOST, _TOKEN = "RC_API_WORKITEM_HOST", "RC_API_WORKITEM_TOKEN"
_SECONDS = 30.0
_LONGEST_NAME = 200
_UNKNOWN = "new"
"""The key of a vendor that the orchestrator does not have yet."""


class MemoryService:
    """Vendors as the orchestrator remembers them. Where it does not answer, ApplicationException
    `memory.unreachable`: the work is tried again later rather than done without the memory."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def recall(self, signs: Sequence[str]) -> Sequence[VendorMemory]:
        """The vendors that have one of the signs; none where there is no such memory."""
        found = self._post("recall", {"signs": list(signs)})
        return [_vendor(each) for each in found["vendors"]] if found else []

    def teach(self, vendor: VendorMemory, confirmation: Confirmation, signs: Sequence[str]) -> None:
        """Add the confirmation of an invoice with these signs."""
        after = vendor.with_one_more(confirmation, signs)
        lesson = {
            "vendorKey": None if vendor.key == _UNKNOWN else vendor.key,
            "name": vendor.name,
            "signs": list(signs),
            "document": confirmation.document,
            "confirmation": confirmation.as_json(),
            "learned": summary(after),
        }
        self._post("lessons", lesson)

    def _post(self, what: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
        try:
            answer = self._http.post(f"/v2/vendor-memory/{what}", json=body)
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None  # another Control Room, which remembers nobody
            answer.raise_for_status()
        except httpx.HTTPError as error:
            message = f"The vendor memory does not answer: {error}"
            raise ApplicationException(message, code="memory.unreachable") from error
        data: dict[str, Any] = answer.json()
        return data


def stranger(name: str) -> VendorMemory:
    """The memory of a vendor that was never seen."""
    return VendorMemory(_UNKNOWN, name[:_LONGEST_NAME], (), ())


@contextmanager
def connected() -> Iterator[MemoryService | None]:
    """The service of this run; None when the robot runs alone."""
    host, token = os.environ.get(_HOST), os.environ.get(_TOKEN)
    if not host or not token:
        yield None
        return
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=host, headers=headers, timeout=_SECONDS) as http:
        yield MemoryService(http)


def _vendor(data: Mapping[str, Any]) -> VendorMemory:
    confirmations = [Confirmation.from_json(each) for each in data["confirmations"]]
    return VendorMemory(data["vendorKey"], data["name"], data["signs"], confirmations)
