"""A store behind this one: any SPARQL 1.1 endpoint, with the guard, the limits and the errors of the embedded store."""

from collections.abc import Iterable, Mapping

from chefsache.store.errors import StoreError
from chefsache.store.limits import Limits
from chefsache.store.pooled import PooledStore
from chefsache.store.protocol import Query


class RemoteStore(PooledStore):
    """Answers queries through an endpoint; each worker keeps a connection of its own to it.

    Args:
        url: where the endpoint answers queries; may hold user and password.
        graphs: all its named graphs.
        default_graph: the graph that holds the merge of the others, where its own default graph does not.
        limits: what one query may take.
        prefixes: names that graphs are written with, and that error messages suggest.
    """

    def __init__(
        self,
        url: str,
        graphs: Iterable[str],
        default_graph: str = "",
        limits: Limits | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        limits = limits or Limits()
        # Twice the deadline: the worker is ended before, unless the store has given up already.
        opening = {
            "url": url,
            "graphs": sorted(set(graphs) - {default_graph}),
            "default_graph": default_graph,
            "seconds": 2 * limits.seconds,
        }
        super().__init__(opening, limits, prefixes)

    def ready(self) -> bool:
        """Say whether the workers live and the endpoint answers them."""
        if not super().ready():
            return False
        try:
            self.own(Query("ASK {}", seconds=2)).close()
        except StoreError:
            return False
        return True
