-- One wrong password more of :who. Rows before :forgotten count no more and are removed.
WITH swept AS (
    DELETE FROM login_failure WHERE last < :forgotten AND who <> :who
)
INSERT INTO login_failure AS known (who, count, last)
VALUES (:who, 1, :now)
ON CONFLICT (who) DO UPDATE SET
    count = CASE WHEN known.last < :forgotten THEN 1 ELSE known.count + 1 END,
    last = excluded.last
