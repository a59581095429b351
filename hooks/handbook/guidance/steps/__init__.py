"""What readers see of a cohort on a day: next steps, pairings, forms."""
