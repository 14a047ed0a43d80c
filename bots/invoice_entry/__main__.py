"""`python -m bots.invoice_entry extract|evaluate`: read invoices from the command line."""

from .reading.cli import main

raise SystemExit(main())
