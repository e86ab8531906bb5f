"""What is true of a workshop: question sets, sheets, sessions. Frozen values, no disk, no screen."""
