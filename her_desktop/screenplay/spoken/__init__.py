"""Receives what he says in a screenplay. Emits it as sound, and what a real recognizer makes of it."""
