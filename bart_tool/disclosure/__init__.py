"""Picture to what may be known of it: who is shown how, and what was shown before."""
