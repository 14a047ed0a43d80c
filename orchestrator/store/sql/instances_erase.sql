-- Everything about the ended instances :keys but their own rows and the lines of the ledger. What
-- it gives: the streams of the ledger that were about it, and the files that its runs left behind.
-- A run that had items of others, too, stays; so does a second look, for what it says of the
-- budget, without what was read.
WITH elements AS (
    SELECT key FROM element_instance WHERE instance_key = ANY(:keys)
), own AS (
    SELECT key FROM work_item WHERE element_key IN (SELECT key FROM elements)
    UNION
    SELECT key FROM work_item WHERE instance_key = ANY(:keys) AND element_key IS NULL
), items AS (
    SELECT key FROM own
    UNION
    SELECT key FROM work_item WHERE parent_key IN (SELECT key FROM own)
), runs AS (
    SELECT run_key AS key FROM attempt WHERE item_key IN (SELECT key FROM items)
    EXCEPT
    SELECT other.run_key FROM attempt mine
    JOIN attempt other ON other.run_key = mine.run_key
    WHERE mine.item_key IN (SELECT key FROM items)
        AND other.item_key NOT IN (SELECT key FROM items)
), artifact AS (
    DELETE FROM run_artifact WHERE run_key IN (SELECT key FROM runs) RETURNING digest
), log AS (
    DELETE FROM run_log WHERE run_key IN (SELECT key FROM runs)
), run AS (
    DELETE FROM run WHERE key IN (SELECT key FROM runs)
), attempt AS (
    DELETE FROM attempt WHERE item_key IN (SELECT key FROM items)
), file AS (
    DELETE FROM work_file WHERE item_key IN (SELECT key FROM items)
), item AS (
    DELETE FROM work_item WHERE key IN (SELECT key FROM items) RETURNING key
), task AS (
    DELETE FROM user_task WHERE instance_key = ANY(:keys) RETURNING key
), trouble AS (
    DELETE FROM incident WHERE instance_key = ANY(:keys) RETURNING key
), held AS (
    DELETE FROM variable WHERE instance_key = ANY(:keys) RETURNING key
), decided AS (
    DELETE FROM decision_instance WHERE instance_key = ANY(:keys) RETURNING evaluation_key AS key
), undone AS (
    DELETE FROM compensable WHERE instance_key = ANY(:keys)
), correlated AS (
    DELETE FROM message_correlation WHERE instance_key = ANY(:keys)
), member AS (
    DELETE FROM migration_member WHERE instance_key = ANY(:keys)
), looked AS (
    UPDATE second_look
    SET document = NULL, reading = '{}', lesson = NULL, answer = NULL, truth = NULL
    WHERE instance_key = ANY(:keys)
    RETURNING key
), element AS (
    DELETE FROM element_instance WHERE key IN (SELECT key FROM elements)
)
SELECT 'digest' AS what, digest AS name FROM artifact
UNION
SELECT 'stream', 'work-item/' || key FROM item
UNION
SELECT 'stream', 'user-task/' || key FROM task
UNION
SELECT 'stream', 'incident/' || key FROM trouble
UNION
SELECT 'stream', 'variable/' || key FROM held
UNION
SELECT 'stream', 'decision/' || key FROM decided
UNION
SELECT 'stream', 'second-look/' || key FROM looked
UNION
SELECT 'stream', 'process-instance/' || key FROM unnest(CAST(:keys AS bigint[])) AS key
