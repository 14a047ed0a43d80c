-- Who owns an item, and which run holds it.
SELECT instance_key, CASE WHEN state = 'LEASED' THEN run_key END AS run_key
FROM work_item
WHERE tenant_id = :tenant_id AND key = :key
