"""Receives trace entries. Emits what is kept of them: the facts that he taught, and the journal on disk.

Facts are a fold over entries (`facts.py`); the journal (`journal.py`) is the SQLite file that they are folded from.
It is append-only, with one exception: what he wants forgotten is taken out of it (`forgetting.py`).
"""
