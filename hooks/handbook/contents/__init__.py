"""Which pages there are, for whom and which day they are made, and the sandbox of their templates."""
