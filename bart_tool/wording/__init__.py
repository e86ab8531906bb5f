"""Findings to sentences: names, labels, questions, messages, and their catalogues."""
