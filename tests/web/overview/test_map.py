"""The map shows every municipality and what is known of authorities, as a picture and as tables."""

import math
import re

import pytest
from flask.testing import FlaskClient

from chefsache.web.overview.projection import CENTRE, Frame, dots, project


@pytest.fixture(scope="module")
def page(client: FlaskClient) -> str:
    return client.get("/map?lang=en").text


def test_projection_keeps_areas() -> None:
    """A small square covers the same area in the north as in the south, as on the sphere."""

    def area(latitude: float) -> float:
        a, b, c = project(latitude, 8.0), project(latitude, 8.01), project(latitude + 0.01, 8.0)
        drawn = abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]))
        return drawn / math.cos(math.radians(latitude + 0.005))

    assert area(54.9) == pytest.approx(area(47.3), rel=1e-3)


def test_projection_keeps_directions() -> None:
    """What lies in the east is drawn on the right, what lies in the north above."""
    east, north = project(CENTRE[0], CENTRE[1] + 1), project(CENTRE[0] + 1, CENTRE[1])

    assert east[0] > 60
    assert north[1] < -100


@pytest.mark.parametrize("points", [[(0.0, 0.0), (600.0, 850.0)], [(0.0, 0.0), (900.0, 50.0)], [(3.0, 4.0)]])
def test_frame_holds_all_points(points: list[tuple[float, float]]) -> None:
    frame = Frame.around(points, 640, 860, 14)

    assert all(frame.holds(frame.at(point)) for point in points)
    assert frame.height <= 860


def test_dots_are_where_they_belong() -> None:
    """Read again as SVG reads it, the path has exactly the places that were given."""
    places = {(3, 9), (0, 0), (12, 9), (5, 2)}
    x = y = 0
    found = set()
    for across, down in re.findall(r"m(-?\d+) ?(-?\d+)z", dots([*places, (3, 9)])):
        x, y = x + int(across), y + int(down)
        found.add((x, y))

    assert found == places


def test_map_is_light_and_complete(client: FlaskClient, page: str) -> None:
    """Below 150 kB, the whole country in dots, sixteen Länder and their maps."""
    numbers = [path.count("z") for path in re.findall(r'<path class="tone-\d" d="([^"]*)"', page)]

    assert len(page.encode()) < 150_000
    assert sum(numbers[:16]) > 9_000
    assert len(set(re.findall(r'href="/map\?land=(\d\d)', page))) == 16
    assert client.get("/map?land=05").status_code == 200


def test_every_mark_has_a_name_and_a_row(page: str) -> None:
    """A mark leads to a page, says what is known, and stands in the table with the same."""
    marks = re.findall(r'<a href="(/id/[^"?]+)[^"]*" class="(led|unled)"><title>([^<]+)</title>', page)
    table = page[page.index('id="cities"') :]
    rows = dict(re.findall(r'<th scope="row"><a href="(/id/[^"?]+)[^>]*>.*?</tr>()', table, re.DOTALL))
    herne = next(mark for mark in marks if mark[0] == "/id/05916000")

    assert len(marks) > 100
    assert all(address in rows for address, _, _ in marks)
    assert herne[1:] == ("led", "Herne: lead known, 1 adopted strategy")
    assert re.search(r"/id/05916000.*?<td>yes</td><td class=\"number\">1</td>", table, re.DOTALL)


def test_picture_is_named_and_described(page: str) -> None:
    assert re.search(r'<svg[^>]*role="group" aria-labelledby="map-name map-words"', page)
    assert "Lambert azimuthal equal-area" in page


def test_land_shows_its_own_marks_only(client: FlaskClient) -> None:
    page = client.get("/map?land=09&lang=de").text
    marks = re.findall(r'<a href="/id/(\d+)[^"]*" class="(?:led|unled)">', page)

    assert marks
    assert all(key.startswith("09") for key in marks)
    assert 'class="around"' in page


@pytest.mark.parametrize("land", ["17", "x", "0", "<script>"])
def test_unknown_land_is_not_found(client: FlaskClient, land: str) -> None:
    response = client.get("/map", query_string={"land": land}, headers={"Accept": "text/html"})

    assert response.status_code == 404
    assert "<script>" not in response.text


@pytest.mark.parametrize("language", ["de", "en"])
def test_charts_say_what_the_tables_say(client: FlaskClient, language: str) -> None:
    """Each group of municipalities adds up, all of them to the register; the bar is as long as its number."""
    page = client.get(f"/coverage?lang={language}").text
    sizes = page[page.index('id="strategies-size"') : page.index('id="strategies-land"')]
    rows = [
        [int(re.sub(r"\D", "", cell)) for cell in re.findall(r'<td class="number">([^<]*)</td>', row)]
        for row in re.findall(r'<tr><th scope="row">(.*?)</tr>', sizes, re.DOTALL)
    ]
    first, whole = (
        float(re.search(rf'<rect class="{bar}"[^>]* width="([\d.]+)%"', sizes)[1]) for bar in ("adopted", "rail")
    )

    assert len(rows) == 5
    assert all(sum(row[:3]) == row[3] for row in rows)
    assert sum(row[3] for row in rows) == 10773
    assert first == pytest.approx(whole * rows[0][0] / rows[0][3], abs=0.01)


def test_shares_by_land_are_drawn_as_written(client: FlaskClient) -> None:
    page = client.get("/coverage?lang=en").text
    chart = page[page.index('aria-labelledby="chart-share"') : page.index('aria-labelledby="chart-led"')]
    whole = re.search(r'<rect class="rail"[^>]* width="([\d.]+)%"', chart)
    hamburg = re.search(r">Hamburg</text>.*?class=\"bar\"[^>]* width=\"([\d.]+)%\".*?>(\d+)%</text>", chart, re.DOTALL)

    assert whole
    assert hamburg
    assert (float(hamburg[1]), hamburg[2]) == (float(whole[1]), "100")
