"""The limit: claim and complete in two bare SQL statements, with no record of any kind.

Nothing here has an attempt, a run with a token, a lease that ends, a fencing token, a line in a
ledger, a wake-up of whoever waits, or a payload's check: that is what the service does besides.
"""

import time

import psycopg

QUEUE = "bench.queue"
SETUP = """
CREATE TABLE IF NOT EXISTS bare (key bigserial PRIMARY KEY, queue text, state text, payload jsonb);
CREATE INDEX IF NOT EXISTS bare_claim ON bare (queue, key) WHERE state = 'NEW';
TRUNCATE bare
"""
FILL = "INSERT INTO bare (queue, state, payload) SELECT %s, 'NEW', '{}' FROM generate_series(1, %s)"
CLAIM = """
UPDATE bare SET state = 'LEASED' WHERE key IN (
    SELECT key FROM bare WHERE queue = %s AND state = 'NEW'
    ORDER BY key LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING key, payload
"""
COMPLETE = "UPDATE bare SET state = 'DONE' WHERE key = ANY(%s) AND state = 'LEASED'"


def rate(url: str, items: int, batch: int) -> float:
    """Items per second, `batch` in each of the two statements."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SETUP)
        connection.execute(FILL, (QUEUE, items))
        begun = time.perf_counter()
        while rows := connection.execute(CLAIM, (QUEUE, batch)).fetchall():
            connection.execute(COMPLETE, ([row[0] for row in rows],))
        return items / (time.perf_counter() - begun)
