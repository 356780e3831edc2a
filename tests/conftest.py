"""Fixtures that all tests share."""

from tests.virtual_card import virtual_card

__all__ = ["virtual_card"]
