"""A person goes out of every file."""
