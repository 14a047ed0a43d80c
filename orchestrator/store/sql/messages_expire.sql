-- Deletes the messages whose time is over, unless their delivery is still to come.
DELETE FROM message
WHERE tenant_id = :tenant_id AND expires_at <= :now AND NOT EXISTS (
    SELECT FROM delivery
    WHERE delivery.tenant_id = :tenant_id AND kind = 'message'
      AND payload ->> 'message' = CAST(message.key AS text)
)
RETURNING key
