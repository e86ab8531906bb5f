"""The small widgets that every screen is made of."""
