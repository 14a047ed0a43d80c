-- Adds what expressions could not tell to their elements, :keys; an element keeps the first fifty.
UPDATE element_instance AS element
SET warnings = COALESCE(element.warnings, '[]') || added.warnings
FROM json_to_recordset(:rows) AS added (key bigint, warnings jsonb)
WHERE element.tenant_id = :tenant_id AND element.key = ANY(CAST(:keys AS bigint[]))
  AND element.key = added.key
  AND jsonb_array_length(COALESCE(element.warnings, '[]')) < 50
