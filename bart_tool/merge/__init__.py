"""Sheets to picture: every answer sheet that came in, merged without a clock."""
