"""Organisation, program and cohort, complete; days and states; labels; the handbook of them all."""
