"""Receives packs as written and the conversation they make. Emits findings: what is wrong, where, and how to mend it."""
