-- The cluster variables that expressions in the tenant see: those for all and its own.
SELECT variable.of_tenant, variable.name, variable.value
FROM cluster_variable variable
WHERE variable.tenant_id = coalesce(
        (SELECT made.tenant_id FROM tenant made WHERE made.id = :tenant_id), :tenant_id
    )
    AND variable.of_tenant IN ('', :tenant_id)
