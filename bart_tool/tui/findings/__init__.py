"""What came out of a round, to look at on the screen: list on the left, the chosen on the right."""
