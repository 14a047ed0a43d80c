"""XML from strangers is refused in words that tell why."""

import pytest

from orchestrator.kernel.errors import InvalidModel, TooLarge
from orchestrator.kernel.xml import MAX_BYTES, parse_xml

GROWING = (
    '<!DOCTYPE a [<!ENTITY b "boom">'
    + "".join(f'<!ENTITY b{"b" * n} "{("&b" + "b" * (n - 1) + ";") * 10}">' for n in range(1, 9))
    + f"]><a>&{'b' * 9};</a>"
)
LOOP = '<!DOCTYPE a [<!ENTITY b "&c;"><!ENTITY c "&b;">]><a>&b;</a>'
PLAIN = "<!DOCTYPE a><a/>"


@pytest.mark.parametrize("text", [GROWING, LOOP, PLAIN])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused_whatever_they_would_do(text: str, encoding: str) -> None:
    with pytest.raises(InvalidModel, match=r"The file has a document type declaration"):
        parse_xml(text.encode(encoding), "The file")


def test_what_is_no_xml_and_what_is_too_much_of_it() -> None:
    with pytest.raises(InvalidModel, match="not well-formed"):
        parse_xml(b"Dear Sirs", "The file")
    with pytest.raises(TooLarge):
        parse_xml(b"<a>" + b" " * MAX_BYTES + b"</a>", "The file")


def test_a_mention_of_a_document_type_is_none() -> None:
    root = parse_xml(b"<a><!-- <!DOCTYPE html> --><![CDATA[<!DOCTYPE html>]]></a>", "The file")
    assert root.tag == "a"
