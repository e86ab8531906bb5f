"""The verbs: what every front door may ask for."""
