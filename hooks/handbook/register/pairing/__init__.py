"""Sign-ups and rules -> pairings that are the best possible, and why they are."""
