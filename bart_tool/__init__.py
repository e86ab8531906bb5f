"""bart: who does what, who may decide what, who plays which role, and where the pictures differ."""

__version__ = "0.1.0"
