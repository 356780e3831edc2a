"""Receives what is typed in a terminal. Emits calls to the rooms below, and their answers as text or JSON lines.

The command line is a contract (design §10): its exit codes and one-line errors are in `common.py`.
"""
