"""Open the store that the environment asks for: the snapshot's own, or an endpoint that holds the same graph."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

import pyoxigraph as ox

from chefsache.content.names import PREFIXES
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.embedded import EmbeddedStore
from chefsache.store.limits import Limits
from chefsache.store.pooled import PooledStore
from chefsache.store.remote import RemoteStore

_BREAKING = set('<>"{}|\\^` ')


@dataclass(frozen=True)
class StoreSettings:
    """Which store, which graph of it is the merge, and which services a query may call."""

    url: str = ""
    default_graph: str = ""
    services: frozenset[str] = frozenset()

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read the settings.

        >>> StoreSettings.from_env({"CHEFSACHE_STORE": "https://store.example.org/sparql"}).url
        'https://store.example.org/sparql'

        Raises:
            ValueError: a variable cannot be used; the message names it.
        """
        env = os.environ if environ is None else environ
        url = env.get("CHEFSACHE_STORE", "").strip()
        default = env.get("CHEFSACHE_STORE_DEFAULT_GRAPH", "").strip()
        services = [iri.strip() for iri in env.get("CHEFSACHE_SERVICES", "").split(",") if iri.strip()]
        url = "" if url == "embedded" else url
        for iri in filter(None, (url, *services)):
            _check(iri, "CHEFSACHE_STORE" if iri == url else "CHEFSACHE_SERVICES")
        if default and (":" not in default or _BREAKING & set(default)):
            raise ValueError(f"CHEFSACHE_STORE_DEFAULT_GRAPH={default}: expected an absolute IRI")
        if url and services:
            raise ValueError("CHEFSACHE_SERVICES: only the embedded store calls services; leave CHEFSACHE_STORE unset")
        return cls(url, default, frozenset(services))


def open_store(snapshot: Snapshot, limits: Limits, settings: StoreSettings | None = None) -> PooledStore:
    """Return the store that answers for a snapshot; `wait_ready` says whether it can be used.

    Args:
        snapshot: whose graph it is; an endpoint must hold the same.
        limits: what one query may take.
        settings: by default those of the environment.
    """
    settings = settings or StoreSettings.from_env()
    if not settings.url:
        return EmbeddedStore(snapshot.store_path, limits, PREFIXES, settings.services)
    graphs = (name.value for name in ox.Store.read_only(str(snapshot.store_path)).named_graphs())
    return RemoteStore(settings.url, graphs, settings.default_graph, limits, PREFIXES)


def _check(iri: str, variable: str) -> None:
    parts = urlsplit(iri)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.fragment or _BREAKING & set(iri):
        shown = iri.replace(f"{parts.username}:{parts.password}@", "") if parts.password else iri
        raise ValueError(f"{variable}={shown}: expected http:// or https://, a host, a path")
    if "/." in parts.path:
        raise ValueError(f"{variable}={iri}: expected a path without /. and /..")
