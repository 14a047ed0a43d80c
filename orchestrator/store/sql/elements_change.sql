-- Writes the changed elements of one command. Those that ended take along their local variables
-- and what they waited for; the process's own variables (its scope is the instance) stay to be
-- read.
WITH changed AS (
    SELECT * FROM json_to_recordset(:rows) AS line (key bigint, state text, data jsonb)
), ended AS (
    SELECT key FROM changed WHERE state <> 'ACTIVE'
), updated AS (
    UPDATE element_instance AS element
    SET data = changed.data, state = changed.state,
        ended_at = CASE WHEN changed.state <> 'ACTIVE' THEN CAST(:now AS timestamptz) END
    FROM changed
    WHERE element.tenant_id = :tenant_id AND element.key = changed.key
), timers AS (
    DELETE FROM timer USING ended WHERE timer.element_key = ended.key
), subscriptions AS (
    DELETE FROM subscription USING ended WHERE subscription.element_key = ended.key
), outputs AS (
    DELETE FROM loop_output USING ended WHERE loop_output.body_key = ended.key
), undoable AS (
    DELETE FROM compensable USING ended WHERE compensable.instance_key = ended.key
)
DELETE FROM variable USING ended
WHERE variable.scope_key = ended.key AND ended.key <> :instance_key
