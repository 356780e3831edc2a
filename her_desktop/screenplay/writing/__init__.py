"""Receives a recorded session, or a performance. Emits a screenplay that holds, or one with other expectations."""
