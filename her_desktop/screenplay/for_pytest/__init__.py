"""Receives folders of screenplays, and tests that talk. Emits their results to pytest. Nothing else imports pytest."""
