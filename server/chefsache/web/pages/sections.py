"""Which sections the page of a thing has, by the thing's class."""

from collections.abc import Collection

from chefsache.content.names import expand

_ORGANISATION = (
    "heads", "remits", "participations", "participants", "behind", "initiated", "below", "posts", "papers", "history",
    "acts", "published",
)  # fmt: skip
#: The first class of a thing that stands here decides.
_BY_CLASS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("chef:Office", "office", ("heads", "remits", "participations", "initiated", "below", "posts", "history", "acts")),
    ("cv:PublicOrganisation", "authority", ("served", "heads", "units", "below", *_ORGANISATION[1:], "areas")),
    ("dcterms:Location", "area", ("areas",)),
    (
        "chef:Partnership",
        "partnership",
        ("participants", "behind", "initiated", "participations", "contents", "history"),
    ),
    ("chef:StrategyArtefact", "artefact", ("participants", "contents", "history")),
    ("chef:Measure", "measure", ("participants", "contents", "history")),
    ("foaf:Person", "person", ("career", "participations", "initiated", "history", "acts")),
    ("org:Post", "post", ("heads", "remits", "participations", "initiated", "below", "history")),
    ("foaf:Document", "source", ("reported",)),
    ("chef:Claim", "claim", ()),
    ("skos:ConceptScheme", "scheme", ()),
    ("skos:Concept", "concept", ("uses",)),
    ("org:Organization", "organisation", _ORGANISATION),
)
#: Kinds whose place is shown as a chain up to the head.
PLACED = frozenset({"office", "organisation", "post"})
#: Kinds that somebody heads.
HEADED = frozenset({"office", "authority", "organisation", "post"})
#: Sections that the register alone can fill.
REGISTERED = frozenset({"areas"})


def kind(types: Collection[str]) -> str:
    """Return what kind of page a thing of these classes gets.

    >>> kind({"http://www.w3.org/ns/org#Post"})
    'post'
    """
    return next((name for term, name, _ in _BY_CLASS if expand(term) in types), "other")


def sections(of: str) -> tuple[str, ...]:
    """Return the names of the queries of a kind of page, in the order of the page."""
    return next((names for _, name, names in _BY_CLASS if name == of), ())
