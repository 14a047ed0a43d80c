"""The robot that checks an invoice against rules and reference data."""
