"""Plans that bring many running instances to another definition, step by step."""
