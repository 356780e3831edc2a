"""Receives recorded entries, and conversations to run them in again. Emits what a person can read of them.

Entries as lines; why a rule did not answer, with the smallest change that would let it; what other packs would change.
"""
