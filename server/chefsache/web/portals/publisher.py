"""Who runs the server, as the catalogue names them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from chefsache.content.names import BASE

_SCHEMES = ("http", "https", "mailto")


@dataclass(frozen=True)
class Publisher:
    """The publisher of the catalogue: a name, an address, a contact (a mail or web address), a contributor's IRI."""

    name: str = "The chefsache contributors"
    url: str = BASE
    contact: str = BASE
    contributor: str = ""

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> Self:
        """Read ``CHEFSACHE_PUBLISHER_NAME``, ``_URL``, ``_CONTACT`` and ``CHEFSACHE_CONTRIBUTOR_ID``.

        Without a contact it is the mailbox for corrections (``CHEFSACHE_MAIL``), else the publisher's address.

        >>> Publisher.from_env({"CHEFSACHE_PUBLISHER_CONTACT": "daten@example.org"}).contact
        'mailto:daten@example.org'

        Raises:
            ValueError: a variable cannot be used; the message names it.
        """
        env = os.environ if environ is None else environ
        url = _address(env, "CHEFSACHE_PUBLISHER_URL") or cls.url
        return cls(
            env.get("CHEFSACHE_PUBLISHER_NAME", "").strip() or cls.name,
            url,
            _address(env, "CHEFSACHE_PUBLISHER_CONTACT") or _address(env, "CHEFSACHE_MAIL") or url,
            _address(env, "CHEFSACHE_CONTRIBUTOR_ID"),
        )

    @property
    def agent(self) -> str:
        """The IRI of the publisher in the catalogue."""
        return f"{BASE}catalog#publisher"

    @property
    def contact_iri(self) -> str:
        """The IRI of the contact in the catalogue."""
        return f"{BASE}catalog#contact"

    @property
    def reached(self) -> tuple[str, str]:
        """How the contact is reached: a property of vCard, and its value."""
        return ("vcard:hasEmail" if self.contact.startswith("mailto:") else "vcard:hasURL", self.contact)


def _address(env: Mapping[str, str], name: str) -> str:
    text = env.get(name, "").strip()
    if not text:
        return ""
    address = f"mailto:{text}" if "@" in text and ":" not in text else text
    parts = urlsplit(address)
    if parts.scheme not in _SCHEMES or not (parts.netloc or parts.path) or any(sign in address for sign in ' <>"'):
        raise ValueError(f"{name}={text}: expected a web or mail address")
    return address
