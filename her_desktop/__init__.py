"""A voice companion on your own machine, and the machinery laid open beside it."""

__version__ = "0.1.0"
