-- What still goes on about the instances :keys, one thing.
SELECT 'process instance' AS what, key FROM process_instance
WHERE key = ANY(:keys) AND ended_at IS NULL
UNION ALL
SELECT 'second look', key FROM second_look WHERE instance_key = ANY(:keys) AND state <> 'SETTLED'
UNION ALL
SELECT 'user task', key FROM user_task WHERE instance_key = ANY(:keys) AND state = 'CREATED'
UNION ALL
SELECT 'work item', key FROM work_item
WHERE instance_key = ANY(:keys) AND element_key IS NULL
    AND state NOT IN ('DONE', 'CANCELLED', 'OUTPUT')
UNION ALL
SELECT 'run', run.key FROM element_instance element
JOIN work_item item ON item.element_key = element.key
JOIN run ON run.item_key = item.key AND run.ended_at IS NULL
WHERE element.instance_key = ANY(:keys)
LIMIT 1
