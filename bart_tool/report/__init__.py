"""Findings to text: compose first, then render."""
