"""Many sessions side by side, from their report.json: what returns in how many wijken."""
