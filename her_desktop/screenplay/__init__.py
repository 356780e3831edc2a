"""Receives conversations written as Fountain screenplays. Emits them performed: what held, what did not, and why.

A screenplay is read into a `script.Screenplay`, performed by the real session on a profile of its own, and compared
line by line with what its notes expect. Nothing here needs Qt; sound is loaded only where somebody really speaks.
"""
