"""What is given away: the archives that are built, and the versions they are tested with."""
