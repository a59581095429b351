"""Labels to send, and the formats that mail and chat take them in."""
