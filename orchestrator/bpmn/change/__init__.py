"""Changing an instance while it runs: suspending it, moving its tokens, another version."""
