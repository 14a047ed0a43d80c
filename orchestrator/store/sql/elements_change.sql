-- Writes the changed elements of one command, :keys. Those that ended, :ended, take along their
-- local variables and what they waited for; the process's own variables (its scope is the
-- instance) stay to be read. Keys are given as arrays, because the planner takes a record set for
-- a hundred rows and would rather read a whole table; through (SELECT ...) as in `claim`.
WITH updated AS (
    UPDATE element_instance AS element
    SET data = changed.data, state = changed.state,
        ended_at = CASE WHEN changed.state <> 'ACTIVE' THEN CAST(:now AS timestamptz) END
    FROM json_to_recordset(:rows) AS changed (key bigint, state text, data jsonb)
    WHERE element.tenant_id = :tenant_id AND element.key = ANY(CAST((SELECT :keys) AS bigint[]))
      AND element.key = changed.key
), timers AS (
    DELETE FROM timer WHERE element_key = ANY(CAST((SELECT :ended) AS bigint[]))
), subscriptions AS (
    DELETE FROM subscription WHERE element_key = ANY(CAST((SELECT :ended) AS bigint[]))
), outputs AS (
    DELETE FROM loop_output WHERE body_key = ANY(CAST((SELECT :ended) AS bigint[]))
), undoable AS (
    DELETE FROM compensable WHERE instance_key = ANY(CAST((SELECT :ended) AS bigint[]))
)
DELETE FROM variable
WHERE scope_key = ANY(CAST((SELECT :ended) AS bigint[])) AND scope_key <> :instance_key
