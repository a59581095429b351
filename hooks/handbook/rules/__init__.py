"""What a definition must keep to: its schema, checks, privacy."""
