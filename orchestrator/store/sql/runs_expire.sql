-- Ends runs that hold nothing and whose agent has been silent for longer than their lease.
UPDATE run
SET ended_at = :now, outcome = 'LOST', message = 'the agent fell silent'
FROM agent
WHERE run.tenant_id = :tenant_id AND run.ended_at IS NULL AND agent.key = run.agent_key
  AND greatest(agent.last_seen, run.started_at) + make_interval(secs => run.lease_seconds)
      < CAST(:now AS timestamptz)
  AND NOT EXISTS (SELECT FROM work_item WHERE run_key = run.key AND state = 'LEASED')
