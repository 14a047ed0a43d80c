-- How many invoices passed by themselves, by how many of their vendor came before; the last row
-- counts all from :many on together. Of one vendor, or of all when :vendor is NULL. What only amends
-- an earlier version is no further invoice.
SELECT LEAST(seen, :many) AS seen,
       count(*) AS invoices,
       count(*) FILTER (WHERE confirmed_by IS NULL) AS straight_through
FROM (
    SELECT confirmed_by,
           row_number() OVER (PARTITION BY vendor_key ORDER BY version) - 1 AS seen
    FROM vendor_version
    WHERE tenant_id = :tenant_id AND amends IS NULL
      AND (CAST(:vendor AS bigint) IS NULL OR vendor_key = :vendor)
) AS numbered
GROUP BY LEAST(seen, :many)
ORDER BY 1
