-- Lets elements wait for nothing.
WITH timers AS (
    DELETE FROM timer WHERE element_key = ANY(CAST(:keys AS bigint[]))
)
DELETE FROM subscription WHERE element_key = ANY(CAST(:keys AS bigint[]))
