"""Files of a repository -> definitions, overrides, settings, each checked as it is read."""
