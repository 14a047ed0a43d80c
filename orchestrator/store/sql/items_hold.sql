-- Holds the items of an instance that are not done, or lets go those that were held.
UPDATE work_item
SET held = :held, updated_at = :now
FROM element_instance AS element
WHERE element.tenant_id = :tenant_id AND element.instance_key = :instance_key
  AND work_item.element_key = element.key AND work_item.held <> :held
  AND (NOT :held OR work_item.state IN ('NEW', 'LEASED', 'REVIEW', 'FAILED'))
RETURNING work_item.queue
