"""The task of the robot: check the invoices of the run's work items."""

from checking.engine import check_payload  # type: ignore[import-not-found]
from robocorp import workitems
from robocorp.tasks import task


@task  # type: ignore[untyped-decorator]
def check() -> None:
    """Check the invoice of every input work item; its output holds `findings` and `valid`."""
    for item in workitems.inputs:
        with item:
            workitems.outputs.create(check_payload(item.payload))
