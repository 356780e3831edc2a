"""What the rules of a topic are about, as she says it: the table `resources/spoken_topics.yaml`."""

from __future__ import annotations

from functools import cache

import msgspec

from her_desktop.paths import resources


def topic(name: str, language: str) -> str:
    """What the rules of a topic are about; the name of the topic itself where the table lacks it."""
    spoken = _topics().get(name, {})
    return spoken.get(language) or spoken.get(language.partition("-")[0]) or name.replace("_", " ")


@cache
def _topics() -> dict[str, dict[str, str]]:
    return msgspec.yaml.decode((resources() / "spoken_topics.yaml").read_bytes(), type=dict[str, dict[str, str]])
