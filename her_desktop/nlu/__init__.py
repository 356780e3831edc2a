"""Receives the alternatives of a transcript. Emits an interpretation: every rule that was tried, and why it fits.

Matching works on tokens, never with a backtracking regex. A template becomes a small program (`program.py`), and the
matcher (`matcher.py`) keeps one best way to reach each step of it, so its work is words times steps.
"""
