-- Lets elements wait for what `waits_read` has told.
WITH timers AS (
    INSERT INTO timer
    SELECT * FROM jsonb_populate_recordset(NULL::timer, CAST(:timers AS jsonb))
)
INSERT INTO subscription
SELECT * FROM jsonb_populate_recordset(NULL::subscription, CAST(:subscriptions AS jsonb))
