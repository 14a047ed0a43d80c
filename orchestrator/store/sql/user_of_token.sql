-- The active user that a live API token speaks for, of whatever tenant.
SELECT app_user.* FROM api_token JOIN app_user ON app_user.key = api_token.user_key
WHERE api_token.token_digest = :digest AND api_token.revoked_at IS NULL AND app_user.active
  AND (api_token.expires_at IS NULL OR api_token.expires_at > :now)
