"""Text: YAML with places, what is wrong with it, what may be shown of it, how it is changed."""
