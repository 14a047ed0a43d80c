"""Floor 7: the shell around the pure engine. Load, decide, persist, in one transaction."""
