"""Fixtures that all tests share, and the option that runs the large sweeps whole."""

import pytest

from tests.virtual_card import virtual_card

__all__ = ["virtual_card"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the large sweeps whole, not a seeded sample of each")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first: no process works on one of them while the others have nothing left to do."""
    items.sort(key=lambda item: item.path.parent.name != "whole")


@pytest.fixture(scope="session")
def whole(pytestconfig: pytest.Config) -> bool:
    """Whether the large sweeps run whole."""
    return bool(pytestconfig.getoption("--all"))
