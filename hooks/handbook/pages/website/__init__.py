"""A repository -> everything that a site generator needs."""
