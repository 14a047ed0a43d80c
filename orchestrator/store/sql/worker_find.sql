-- The agent that a worker of Camunda's clients is, by its name.
SELECT key, status, queues, last_seen FROM agent
WHERE tenant_id = :tenant_id AND name = :worker AND machine = :machine
LIMIT 1
