"""Withhold kept snapshots that still name what was withdrawn: immutability yields to removal.

Their dumps, and the pages that compare editions, would go on giving out what must be gone.
"""

from collections.abc import Iterator

from chefsache.content.withdrawn import any_withdrawn, withdrawn_among
from chefsache.pipeline.changes import ASSERTED
from chefsache.pipeline.snapshot import Snapshot, kept, sweep, withhold

__all__ = ["withhold_withdrawn"]


def withhold_withdrawn(served: Snapshot) -> list[Snapshot]:
    """Take all snapshots but one out of service that name something withdrawn; return those.

    One that a server holds is found by nobody any more at once, and removed when the server has let it go.
    """
    sweep()
    if not any_withdrawn():
        return []
    found = [snapshot for snapshot in kept() if snapshot.path != served.path and _names_withdrawn(snapshot)]
    for snapshot in found:
        withhold(snapshot)
    return found


def _names_withdrawn(snapshot: Snapshot) -> bool:
    """Say whether a snapshot describes anything withdrawn; one of which nothing can be said is taken to do so."""
    try:
        return bool(withdrawn_among(_described(snapshot)))
    except OSError:
        return True


def _described(snapshot: Snapshot) -> Iterator[str]:
    """Yield what the files state something of; lines are sorted, so those about one thing stand together."""
    last = b""
    with (snapshot.dumps_path / ASSERTED).open("rb") as lines:
        for line in lines:
            subject = line.partition(b" ")[0]
            if subject != last and subject.startswith(b"<"):
                yield subject[1:-1].decode()
            last = subject
