"""Receives screenplays that hold. Emits the changes of the rules that none of them notices."""
