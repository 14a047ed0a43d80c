-- Keeps when the user was last here with the right to see what is sealed.
UPDATE app_user SET saw_sealed_at = :now WHERE key = :key
