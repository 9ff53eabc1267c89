"""The embedded store: Oxigraph on a snapshot's folder, opened read-only by every worker."""

from collections.abc import Mapping
from pathlib import Path

from chefsache.store.limits import Limits
from chefsache.store.pooled import PooledStore


class EmbeddedStore(PooledStore):
    """Answers queries on one Oxigraph folder; see `PooledStore` for the other arguments."""

    def __init__(
        self,
        path: Path,
        limits: Limits | None = None,
        prefixes: Mapping[str, str] | None = None,
        services: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__({"path": str(path)}, limits, prefixes, services)
