"""Questions to pages that need no program: the form in a browser."""
