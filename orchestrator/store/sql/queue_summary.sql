-- Counts by state of every queue of the tenants.
SELECT queue AS name,
       count(*) FILTER (WHERE state = 'NEW') AS new,
       count(*) FILTER (WHERE state = 'LEASED') AS leased,
       count(*) FILTER (WHERE state = 'DONE') AS done,
       count(*) FILTER (WHERE state = 'FAILED') AS failed,
       count(*) FILTER (WHERE state = 'REVIEW') AS review,
       min(created_at) FILTER (WHERE state = 'NEW') AS oldest
FROM work_item
WHERE tenant_id = ANY(:tenants) AND state NOT IN ('OUTPUT', 'CANCELLED')
GROUP BY queue
ORDER BY queue
