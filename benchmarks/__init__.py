"""Measures what the program promises; each module prints its figures and, with --json, one object."""
