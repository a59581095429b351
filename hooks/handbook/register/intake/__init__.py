"""A sheet of sign-ups, as form tools and spreadsheets export it -> sign-ups and what is wrong, row by row."""
