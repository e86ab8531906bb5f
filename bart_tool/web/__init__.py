"""The room's own network: participants answer in the browser of their own phone."""
