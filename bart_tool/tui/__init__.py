"""The terminal interface: a participant answers, a facilitator runs the session."""
