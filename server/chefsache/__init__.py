"""The open knowledge graph of who runs the digital transformation in German municipalities.

Rooms, each importing only rooms to its left: ``content`` (files -> graphs), ``pipeline`` (graphs -> snapshot),
``store`` (snapshot -> answers), ``web`` (answers -> people); ``cli`` imports all.
"""

__all__ = ["__version__"]


def __getattr__(name: str) -> str:
    """Look the version up when it is asked for: every query worker imports this package, and none asks."""
    if name != "__version__":
        raise AttributeError(name)
    from importlib.metadata import version

    return version("chefsache")
