"""`python -m reading`, in the bot's own folder and environment."""

from .cli import main

raise SystemExit(main())
