"""Receives packs as written, and the conversation that they make.

Emits findings: what is wrong, where, and how to mend it; and how well rules stand recognition errors.
"""
