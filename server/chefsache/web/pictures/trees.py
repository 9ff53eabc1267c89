"""Lay out trees from left to right: each branch has a band of its own, so that nothing can overlap."""

from collections.abc import Iterable, Mapping


def forest(nodes: Iterable[str], parents: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the children of each node, the roots under the empty name; a circle is cut at its first node.

    >>> forest(["a", "b", "c"], {"b": "a", "c": "b"})
    {'': ['a'], 'a': ['b'], 'b': ['c'], 'c': []}
    """
    listed = list(nodes)
    known = set(listed)
    children: dict[str, list[str]] = {"": [], **{node: [] for node in listed}}
    above: dict[str, str] = {}
    for node in listed:
        parent = parents.get(node, "")
        if parent not in known or _leads(parent, node, above):
            parent = ""
        above[node] = parent
        children[parent].append(node)
    return children


def placed(children: Mapping[str, list[str]], heights: Mapping[str, int], gap: int) -> dict[str, tuple[int, int]]:
    """Return column and top of every node; a node stands in the middle of what is below it.

    >>> placed({"": ["a"], "a": ["b", "c"], "b": [], "c": []}, {"a": 20, "b": 20, "c": 20}, 10)
    {'a': (0, 15), 'b': (1, 0), 'c': (1, 30)}
    """
    found: dict[str, tuple[int, int]] = {}
    top = 0
    for root in children[""]:
        top += _branch(root, 0, top, children, heights, gap, found) + gap
    return found


def _branch(
    node: str,
    column: int,
    top: int,
    children: Mapping[str, list[str]],
    heights: Mapping[str, int],
    gap: int,
    found: dict[str, tuple[int, int]],
) -> int:
    """Place a node and all below it within a band that begins at *top*; return how high the band is."""
    bands = [_height(child, children, heights, gap) for child in children[node]]
    below = sum(bands) + gap * max(0, len(bands) - 1)
    band = max(heights[node], below)
    found[node] = column, top + (band - heights[node]) // 2
    at = top + (band - below) // 2
    for child, height in zip(children[node], bands, strict=True):
        _branch(child, column + 1, at, children, heights, gap, found)
        at += height + gap
    return band


def _height(node: str, children: Mapping[str, list[str]], heights: Mapping[str, int], gap: int) -> int:
    below = [_height(child, children, heights, gap) for child in children[node]]
    return max(heights[node], sum(below) + gap * max(0, len(below) - 1))


def _leads(start: str, wanted: str, above: Mapping[str, str]) -> bool:
    """Say whether the way up from a node passes another."""
    at = start
    while at:
        if at == wanted:
            return True
        at = above.get(at, "")
    return False
