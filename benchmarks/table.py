"""Rows of figures as a plain table."""

from __future__ import annotations


def print_table(head: list[str], rows: list[list[str]]) -> None:
    """Print columns as wide as their widest cell."""
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    for row in [head, ["-" * width for width in widths], *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
