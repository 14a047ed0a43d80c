"""Floor 6: what confirmed invoices have taught about vendors, version by version."""
