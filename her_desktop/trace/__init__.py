"""Receives recorded entries. Emits them as lines a person can read; later the answers to why, why not and what if."""
