-- The confirmations of the last :most versions that each of the vendors believes, from the head back
-- to the first. Of several about one document the last counts, which amends the others; there is none
-- when that withdraws them.
WITH RECURSIVE belief AS (
    SELECT v.*, 1 AS depth
    FROM vendor_version v
    JOIN vendor ON vendor.tenant_id = v.tenant_id AND vendor.key = v.vendor_key
    WHERE v.tenant_id = :tenant_id AND v.vendor_key = ANY(:vendors) AND v.version = vendor.head
    UNION ALL
    SELECT v.*, belief.depth + 1
    FROM vendor_version v
    JOIN belief ON v.tenant_id = belief.tenant_id AND v.vendor_key = belief.vendor_key
        AND v.version = belief.parent
    WHERE belief.depth < :most
), last AS (
    SELECT DISTINCT ON (vendor_key, document) *
    FROM belief
    ORDER BY vendor_key, document, version DESC
)
SELECT vendor_key, version, document, confirmed_by, confirmation
FROM last
WHERE confirmation IS NOT NULL
ORDER BY vendor_key, version
