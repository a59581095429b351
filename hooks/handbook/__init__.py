"""The handbook engine: program definitions in, pages out. It knows nothing of MkDocs."""
