"""Gateways split or join, as their direction says (BPMN 2.0, 8.4.9 and 10.6.1)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import GATEWAYS, Model, finding
from orchestrator.kernel.errors import Finding


def check(model: Model) -> Iterator[Finding]:
    for gateway in model.of(*GATEWAYS):
        incoming, outgoing = len(model.incoming(gateway)), len(model.outgoing(gateway))
        if not incoming and not outgoing:
            yield finding(gateway, "gateway", "is connected to nothing; connect or delete it")
        else:
            yield from _direction(gateway, incoming, outgoing)


def _direction(gateway: etree._Element, incoming: int, outgoing: int) -> Iterator[Finding]:
    direction = gateway.get("gatewayDirection", "Unspecified")
    fits = {
        "Unspecified": True,
        "Converging": incoming > 1 and outgoing <= 1,
        "Diverging": incoming <= 1 and outgoing > 1,
        "Mixed": incoming > 1 and outgoing > 1,
    }
    if direction not in fits:
        yield finding(gateway, "gateway", f"there is no gateway direction '{direction}'")
    elif not fits[direction]:
        message = f"is {direction.lower()}, but has {incoming} flows in and {outgoing} out"
        yield finding(gateway, "gateway", message)
