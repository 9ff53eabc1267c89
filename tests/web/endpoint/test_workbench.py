"""What the workbench is told by the server."""

from flask.testing import FlaskClient

from chefsache.content.questions import questions


def test_terms_have_labels_in_the_language_asked_for(client: FlaskClient) -> None:
    """Classes, properties and concepts by prefixed name; each language has an ETag of its own."""
    german, english = (client.get(f"/sparql/terms.json?lang={language}") for language in ("de", "en"))
    terms = {entry["name"]: entry for entry in german.get_json()["terms"]}

    assert terms["chef:Office"] == {"name": "chef:Office", "label": "Stelle", "kind": "class"}
    assert terms["vocab:staff-unit"]["label"] == "Stabsstelle"
    assert terms["skos:prefLabel"]["kind"] == "property"
    assert {"name": "chef:Office", "label": "office", "kind": "class"} in english.get_json()["terms"]
    assert german.headers["ETag"] != english.headers["ETag"]


def test_all_questions_are_offered_with_their_parameters(client: FlaskClient) -> None:
    """Every question by its name, with the values that its fields begin with."""
    offered = {entry["name"]: entry for entry in client.get("/sparql/terms.json").get_json()["questions"]}
    day = offered["who-steers"]["parameters"][0]

    assert offered.keys() == questions().keys()
    assert (day["name"], day["type"], day["label"]) == ("day", "xsd:date", "Stichtag")
    assert day["value"].startswith("20")


def test_places_are_those_of_the_register(client: FlaskClient) -> None:
    """Every municipality that has a position, once, in thousandths of a degree."""
    found = client.get("/sparql/places.json").get_json()
    herne = found["keys"].index("05916000")

    assert len(found["keys"]) == len(set(found["keys"])) == len(found["latitudes"]) == len(found["longitudes"])
    assert len(found["keys"]) > 10_000
    assert (round(found["latitudes"][herne] / 1000, 1), round(found["longitudes"][herne] / 1000, 1)) == (51.5, 7.2)
