"""python -m samples.invoices FOLDER: draw the sample invoices and their reference data."""

import sys
from pathlib import Path

from samples.invoices.draw import draw_all, write_reference

if len(sys.argv) != 2:
    sys.exit(__doc__)
target = Path(sys.argv[1])
write_reference(target / "reference")
print(f"{len(draw_all(target))} invoices in {target / 'pdf'}")  # noqa: T201
