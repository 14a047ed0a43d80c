-- Those of the instances that have an open incident.
SELECT DISTINCT instance_key FROM incident
WHERE tenant_id = ANY(:tenants) AND instance_key = ANY(:keys) AND state = 'ACTIVE'
