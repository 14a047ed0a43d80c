"""Floor 6: users, what their roles allow, sessions, API tokens, and the tasks they do."""
