"""XML from strangers: no entities, no DTD, no network, no more than an invoice needs."""

from __future__ import annotations

import re

from lxml import etree
from robocorp.workitems import BusinessException

MAX_BYTES = 10 * 1024 * 1024
_DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)")


class Unreadable(Exception):
    """This is not XML, or not of an invoice that can be read."""


def parsed(content: bytes) -> etree._Element:
    """The root element; Unreadable when it is not well-formed.

    BusinessException `document.xml_unsafe` when it has a DTD or is huge.
    """
    if len(content) > MAX_BYTES or _DECLARES.search(content[:100_000]):
        raise _unsafe()
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(str(error)) from error
    # In UTF-16 the search above does not see it.
    if root.getroottree().docinfo.internalDTD is not None:
        raise _unsafe()
    return root


def local_name(element: etree._Element) -> str:
    """The element's name without its namespace; empty for a processing instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _unsafe() -> BusinessException:
    return BusinessException(
        "The invoice's XML declares entities or is far too large, which no e-invoice does. "
        "Treat it as an attack: do not open it, and ask the sender by phone.",
        code="document.xml_unsafe",
    )
