"""Handbook -> pages, menu and everything else of a site."""
