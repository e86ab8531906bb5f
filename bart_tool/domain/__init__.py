"""What is true of a workshop: question sets, sheets, sessions. Frozen, no disk, no screen."""
