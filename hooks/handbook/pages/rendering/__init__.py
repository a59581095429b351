"""A page and its subject -> Markdown."""
