"""Receives recorded entries and what is asked at the desk. Emits what the pages of "this is programming" show.

One module a page; each makes plain lists and mappings, which QML draws and nothing more.
"""
