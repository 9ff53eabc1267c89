"""The open knowledge graph of who runs the digital transformation in German municipalities.

Rooms, each importing only rooms to its left: ``content`` (files -> graphs), ``pipeline`` (graphs -> snapshot),
``store`` (snapshot -> answers), ``web`` (answers -> people); ``cli`` imports all.
"""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("chefsache")
