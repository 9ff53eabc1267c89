"""The datasets in schema.org's terms, for search engines (https://developers.google.com/search/docs/appearance/structured-data/dataset)."""

from chefsache.content.names import BASE
from chefsache.web import languages
from chefsache.web.portals.dcat_parts import CATALOGUE, DATASET, Edition
from chefsache.web.portals.files import File, Offer, licence


def described(edition: Edition) -> dict[str, object]:
    """Return the catalogue as JSON-LD, in the language of the reader."""
    return {
        "@context": "https://schema.org/",
        "@type": "DataCatalog",
        "@id": CATALOGUE,
        "name": "chefsache",
        "url": f"{edition.url}/dumps/",
        "publisher": {
            "@type": "Organization",
            "@id": edition.publisher.agent,
            "name": edition.publisher.name,
            "url": edition.publisher.url,
        },
        "dataset": [_dataset(edition, offer) for offer in edition.offers],
    }


def _dataset(edition: Edition, offer: Offer) -> dict[str, object]:
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
        "creator": {"@id": edition.publisher.agent},
        "publisher": {"@id": edition.publisher.agent},
        "includedInDataCatalog": {"@type": "DataCatalog", "@id": CATALOGUE},
        "isPartOf": [] if dataset.name == "chefsache" else [f"{BASE}dataset/chefsache"],
        "distribution": [_download(edition, file) for file in offer.files],
    }


def _download(edition: Edition, file: File) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "contentUrl": f"{edition.url}/dumps/{edition.digest}/{file.name}",
        "encodingFormat": file.media_type,
        "contentSize": f"{file.bytes} B",
    }
