"""Parse XML from strangers: no entities, no DTD, no network, limited size."""

from lxml import etree

from orchestrator.kernel.errors import InvalidModel, TooLarge

MAX_BYTES = 10_000_000
# Entities that name one another, or that would grow beyond all bounds
_BOMBS = {etree.ErrorTypes.ERR_ENTITY_LOOP, etree.ErrorTypes.ERR_RESOURCE_LIMIT}


def parse_xml(data: bytes, what: str) -> etree._Element:
    """The root element. Raises InvalidModel naming `what` and the line, or TooLarge."""
    if len(data) > MAX_BYTES:
        raise TooLarge(f"{what} is larger than {MAX_BYTES // 1_000_000} MB.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if error.code in _BOMBS:  # type: ignore[attr-defined]  # the stubs lack it
            raise _has_doctype(what) from error
        raise InvalidModel(f"{what} is not well-formed XML: {error.msg}") from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise _has_doctype(what)
    return root


def _has_doctype(what: str) -> InvalidModel:
    return InvalidModel(f"{what} has a document type declaration, which is not allowed.")


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
