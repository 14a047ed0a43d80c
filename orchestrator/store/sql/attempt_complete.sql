-- Ends the running attempt at an item as completed and gives the item's outputs, oldest first.
WITH ended AS (
    UPDATE attempt SET ended_at = :now, outcome = :outcome
    WHERE item_key = :item_key AND number = :number AND ended_at IS NULL
)
SELECT * FROM work_item
WHERE tenant_id = :tenant_id AND parent_key = :item_key
ORDER BY key
