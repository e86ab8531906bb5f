"""The demo's data: an invented wijk, codes only."""
