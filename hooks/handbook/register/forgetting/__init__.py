"""A person goes out of every program, cohort and register; what only people can change is listed."""
