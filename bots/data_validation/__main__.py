"""`python -m bots.data_validation FILE.json`: check a read invoice from the command line."""

from .checking.cli import main

raise SystemExit(main())
