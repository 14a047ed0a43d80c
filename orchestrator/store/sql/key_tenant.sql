-- Which of :tenants has something of this key.
SELECT found.tenant_id FROM (
  SELECT tenant_id FROM process_instance WHERE key = :key
  UNION ALL SELECT tenant_id FROM element_instance WHERE key = :key
  UNION ALL SELECT tenant_id FROM variable WHERE key = :key
  UNION ALL SELECT tenant_id FROM incident WHERE key = :key
  UNION ALL SELECT tenant_id FROM work_item WHERE key = :key
  UNION ALL SELECT tenant_id FROM user_task WHERE key = :key
  UNION ALL SELECT tenant_id FROM process_definition WHERE key = :key
  UNION ALL SELECT tenant_id FROM form_definition WHERE key = :key
  UNION ALL SELECT tenant_id FROM decision_requirements WHERE key = :key
  UNION ALL SELECT tenant_id FROM decision_definition WHERE key = :key
  UNION ALL SELECT tenant_id FROM decision_instance WHERE evaluation_key = :key
  UNION ALL SELECT tenant_id FROM batch_operation WHERE key = :key
  UNION ALL SELECT tenant_id FROM migration WHERE key = :key
  UNION ALL SELECT tenant_id FROM agent WHERE key = :key
) AS found
WHERE found.tenant_id = ANY(:tenants)
LIMIT 1
