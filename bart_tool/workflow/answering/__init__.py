"""Somebody who answers: what is asked of them, where they are, and what they say."""
