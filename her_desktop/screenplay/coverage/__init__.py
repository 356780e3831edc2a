"""Receives what was recorded in performances. Emits which parts of the packs were reached: a table, a page, files."""
