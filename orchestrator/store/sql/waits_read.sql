-- What elements wait for, as it can be restored.
SELECT (
    SELECT coalesce(jsonb_agg(to_jsonb(timer)), '[]')
    FROM timer WHERE element_key = ANY(CAST(:keys AS bigint[]))
) AS timers, (
    SELECT coalesce(jsonb_agg(to_jsonb(subscription)), '[]')
    FROM subscription WHERE element_key = ANY(CAST(:keys AS bigint[]))
) AS subscriptions
