"""The tasks of the robot: read one document, or a batch of rows from a table; learn."""

from pathlib import Path
from tempfile import TemporaryDirectory

# This folder is the import root of a running robot.
from reading.batch import read_batch_file  # type: ignore[import-not-found]
from reading.document import named_file, part_of  # type: ignore[import-not-found]
from reading.memory.service import connected  # type: ignore[import-not-found]
from reading.reader import read as read_invoice  # type: ignore[import-not-found]
from reading.sheets import SUFFIXES  # type: ignore[import-not-found]
from reading.teaching import teach  # type: ignore[import-not-found]
from robocorp import workitems
from robocorp.tasks import task


@task  # type: ignore[untyped-decorator]
def read() -> None:
    """Read the document of every input work item into an output with `invoice` and `trusted`.

    Which invoice of several in a file, the payload's `part` says.
    """
    for item in workitems.inputs:
        with item, TemporaryDirectory() as folder:
            name = named_file(item.payload, item.files)
            path = item.get_file(name, Path(folder, Path(name).name))
            with connected() as service:
                recall = service.recall if service else None
                invoice = read_invoice(path, recall=recall, part=part_of(item.payload))
            workitems.outputs.create({"invoice": invoice.as_json(), "trusted": invoice.trusted})


@task  # type: ignore[untyped-decorator]
def read_batch() -> None:
    """Read the table of every input work item; one output for each row, and the result file."""
    for item in workitems.inputs:
        with item, TemporaryDirectory() as folder:
            name = named_file(item.payload, item.files, SUFFIXES)
            sheet = item.get_file(name, Path(folder, Path(name).name))
            batch = read_batch_file(sheet, Path(folder, f"result-{sheet.stem}.xlsx"))
            for index, row in enumerate(batch.rows):
                # One copy of the result is enough; it goes with the first row.
                files = [batch.result] if index == 0 else None
                workitems.outputs.create(row.as_json(), files=files)


@task  # type: ignore[untyped-decorator]
def learn() -> None:
    """Teach the vendor memory the confirmed `invoice` of every input work item, which a person
    has `reviewed` or not."""
    for item in workitems.inputs:
        with item, TemporaryDirectory() as folder:
            name = named_file(item.payload, item.files)
            path = item.get_file(name, Path(folder, Path(name).name))
            with connected() as service:
                taught = service is not None and teach(path, item.payload, service)
            workitems.outputs.create({"taught": taught})
