"""The datasets in schema.org's terms, for search engines (https://developers.google.com/search/docs/appearance/structured-data/dataset)."""

import json

from markupsafe import Markup

from chefsache.content.names import BASE
from chefsache.web import languages
from chefsache.web.dcat import CATALOGUE, DATASET, Edition
from chefsache.web.files import File, Offer, licence

#: What would end the element that the text stands in, or begin another.
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}


def described(edition: Edition) -> Markup:
    """Return the catalogue as JSON-LD that can stand in a page, in the language of the reader.

    It is a block of data that no browser runs, so the policy on scripts does not concern it (HTML, section 4.12.1).
    """
    publisher = {
        "@type": "Organization",
        "@id": edition.publisher.agent,
        "name": edition.publisher.name,
        "url": edition.publisher.url,
    }
    catalogue = {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": CATALOGUE,
        "name": "chefsache",
        "url": f"{edition.url}/dumps/",
        "publisher": publisher,
        "dataset": [_dataset(edition, offer, publisher) for offer in edition.offers],
    }
    text = json.dumps(catalogue, ensure_ascii=False)
    for sign, escaped in _ESCAPES.items():
        text = text.replace(sign, escaped)
    return Markup(text)  # noqa: S704  (escaped above)


def _dataset(edition: Edition, offer: Offer, publisher: dict[str, str]) -> dict[str, object]:
    language = languages.current()
    dataset = offer.dataset
    iri = DATASET + dataset.name
    return {
        "@type": "Dataset",
        "@id": iri,
        "name": dataset.title[language],
        "alternateName": [text for other, text in dataset.title.items() if other != language],
        "description": dataset.description[language],
        "url": f"{edition.url}/dumps/#{dataset.name}",
        "identifier": iri,
        "keywords": list(dataset.keywords[language]),
        "license": licence(dataset).iri,
        "creditText": licence(dataset).attribution[language],
        "version": edition.version,
        "dateModified": edition.day,
        "temporalCoverage": f"{offer.since or '..'}/{edition.day}",
        "spatialCoverage": {
            "@type": "Place",
            "name": dataset.title[language].partition(": ")[2] if dataset.land else "Germany",
        },
        "isAccessibleForFree": True,
        "inLanguage": ["de", "en"],
        "creator": publisher,
        "publisher": publisher,
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": CATALOGUE},
        "isPartOf": [] if dataset.name == "chefsache" else [f"{BASE}dataset/chefsache"],
        "distribution": [_download(edition, file) for file in offer.files],
    }


def _download(edition: Edition, file: File) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": file.name,
        "contentUrl": f"{edition.url}/dumps/{edition.digest}/{file.name}",
        "encodingFormat": file.media_type,
        "contentSize": f"{file.bytes} B",
        "sha256": file.sha256,
    }
