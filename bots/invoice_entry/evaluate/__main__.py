"""`python -m bots.invoice_entry.evaluate DIR`: measure the reading."""

from .command import main

raise SystemExit(main())
