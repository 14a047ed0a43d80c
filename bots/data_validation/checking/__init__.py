"""Rules over an invoice and reference data; what they say are findings."""
