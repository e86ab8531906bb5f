"""What is promised to readers, tried on random workshops."""
