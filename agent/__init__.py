"""The agent: claims work, builds a bot's environment, runs it, reports. Knows only the API."""
