-- Writes the changed elements of one command; those that ended take their timers and local
-- variables along. The process's own variables (its scope is the instance) stay to be read.
WITH changed AS (
    SELECT * FROM unnest(
        CAST(:keys AS bigint[]), CAST(:states AS text[]), CAST(:data AS text[])
    ) AS line (key, state, data)
), ended AS (
    SELECT key FROM changed WHERE state <> 'ACTIVE' AND key <> :instance_key
), updated AS (
    UPDATE element_instance AS element
    SET data = CAST(changed.data AS jsonb), state = changed.state,
        ended_at = CASE WHEN changed.state <> 'ACTIVE' THEN CAST(:now AS timestamptz) END
    FROM changed
    WHERE element.tenant_id = :tenant_id AND element.key = changed.key
), timers AS (
    DELETE FROM timer USING ended WHERE timer.element_key = ended.key
)
DELETE FROM variable USING ended WHERE variable.scope_key = ended.key
