"""`python -m bots.invoice_entry extract FILE.pdf`: read an invoice from the command line."""

from .reading.cli import main

raise SystemExit(main())
