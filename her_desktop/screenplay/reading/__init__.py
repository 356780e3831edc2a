"""Receives the text of a screenplay. Emits its elements with their lines, and what its notes ask for."""
