"""Receives the recorded entries of a session. Emits them as one text that other programs open.

A page to read (`html`), JSON lines (`jsonl`, with `resources/trace.schema.json`), captions (`vtt`) and a timeline
(`chrome`). Each is a pure function of the entries; `formats.py` lists them. Screenplays are written by `screenplay/`.
"""
