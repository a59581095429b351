"""What each role does now and next, in words, once: steps, messages, calendars."""
