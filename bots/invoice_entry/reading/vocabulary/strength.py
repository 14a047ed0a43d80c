"""How sure a label is of its value."""

STRONG, GOOD, WEAK = 0.95, 0.85, 0.6
