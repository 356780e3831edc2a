"""Receives the state of the conversation and an interpretation. Emits a decision and what changes in the state.

Rules are data (`packs.py` reads them, `rules.py` is their form); `policy.py` is the one documented total order among
them; `state.py` is a fold over trace entries, and nothing else holds state.
"""
