-- Holds or lets go the items of an instance's live elements.
UPDATE work_item
SET held = :held, updated_at = :now
FROM element_instance AS element
WHERE element.tenant_id = :tenant_id AND element.instance_key = :instance_key
  AND element.state = 'ACTIVE' AND work_item.element_key = element.key
  AND work_item.state IN ('NEW', 'LEASED', 'REVIEW', 'FAILED')
RETURNING work_item.queue
