"""Receives trace entries. Emits what is kept of them: the facts that he taught, and the journal on disk.

Facts are a fold over entries (`facts.py`); the journal is the append-only SQLite file that they are folded from.
"""
