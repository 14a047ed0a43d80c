-- Lets timers and subscriptions be those of other events, all at once: names may be exchanged.
WITH line AS (
    SELECT * FROM unnest(
        CAST(:keys AS bigint[]), CAST(:before AS text[]), CAST(:after AS text[])
    ) AS line (key, before, after)
), timers AS (
    UPDATE timer SET element_id = line.after FROM line
    WHERE timer.element_key = line.key AND timer.element_id = line.before
)
UPDATE subscription SET element_id = line.after FROM line
WHERE subscription.element_key = line.key AND subscription.element_id = line.before
