"""How fast bart is beside the least that the same work can cost; run by hand, nothing asserted."""
