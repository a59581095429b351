"""What belongs to a person and in no file: addresses, telephone numbers, names without consent, sign-ups."""
