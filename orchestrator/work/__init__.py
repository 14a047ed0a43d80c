"""Floor 6: queues, claims, leases, retries, exceptions, runs and what they leave behind."""
