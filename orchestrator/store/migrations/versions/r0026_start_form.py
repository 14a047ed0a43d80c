"""Which process has a start form is found by a search."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from lxml import etree

revision: str = "0026"
down_revision: str | Sequence[str] | None = "0025"
branch_labels = None
depends_on = None

FORM = "string((//b:process[@id=$id]/b:startEvent/b:extensionElements/z:formDefinition/@formId)[1])"
NAMES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "z": "http://camunda.org/schema/zeebe/1.0",
}


def upgrade() -> None:
    op.add_column("process_definition", sa.Column("start_form", sa.String(), nullable=True))
    connection = op.get_bind()
    deployed = sa.text(
        "SELECT key, process_id, xml FROM process_definition"
        " WHERE position('formDefinition' IN xml) > 0"
    )
    change = sa.text("UPDATE process_definition SET start_form = :form WHERE key = :key")
    for key, process_id, xml in connection.execute(deployed).all():
        root = etree.fromstring(
            bytes(xml), etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        )
        form = root.xpath(FORM, namespaces=NAMES, id=process_id)
        if form:
            connection.execute(change, {"form": str(form), "key": key})
