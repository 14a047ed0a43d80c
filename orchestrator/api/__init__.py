"""Floor 8: the HTTP API, the only way in."""
