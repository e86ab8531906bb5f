"""The disk: reading and saving sets, sessions and sheets, and nothing lost between the two."""
