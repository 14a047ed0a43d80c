-- Lets live elements, and what belongs to them, be those of another definition.
WITH line AS (
    SELECT * FROM unnest(CAST(:keys AS bigint[]), CAST(:ids AS text[])) AS line (key, id)
), elements AS (
    UPDATE element_instance AS element SET element_id = line.id FROM line
    WHERE element.tenant_id = :tenant_id AND element.key = line.key
), items AS (
    UPDATE work_item SET element_id = line.id FROM line
    WHERE work_item.element_key = line.key
), tasks AS (
    UPDATE user_task SET element_id = line.id FROM line
    WHERE user_task.element_key = line.key
), incidents AS (
    UPDATE incident SET element_id = line.id FROM line
    WHERE incident.instance_key = :instance_key AND incident.element_key = line.key
)
UPDATE subscription SET process_id = :process_id FROM line
WHERE subscription.element_key = line.key
