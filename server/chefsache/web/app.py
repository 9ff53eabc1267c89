"""Build the application."""

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from chefsache.content.questions import questions
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.protocol import Store
from chefsache.web import (
    answers,
    corrections,
    dumps,
    examples,
    graph_store,
    health,
    languages,
    linked_data,
    pages,
    problems,
    responses,
    sparql,
    void,
)
from chefsache.web import site as sites
from chefsache.web.settings import Settings
from chefsache.web.sparql_request import MAX_BYTES


def create_app(snapshot: Snapshot, store: Store, settings: Settings | None = None) -> Flask:
    """Return the application that serves one snapshot.

    Args:
        snapshot: what is served.
        store: answers queries on it.
        settings: address, hosts and limits; by default those of the environment.
    """
    app = Flask(__name__)
    app.url_map.merge_slashes = False
    app.json = provider = DefaultJSONProvider(app)
    provider.ensure_ascii = False
    # A form says its fields with percent signs: three bytes for one.
    app.config.update(MAX_CONTENT_LENGTH=4 * MAX_BYTES, MAX_FORM_MEMORY_SIZE=4 * MAX_BYTES)
    app.extensions["chefsache"] = sites.Site(snapshot, store, settings or Settings.from_env(), questions())
    app.jinja_env.globals.update(
        t=languages.text, pick=languages.pick, language=languages.current, date=languages.date, number=languages.number,
        percent=languages.percent,
        path=sites.path, href=sites.href, absolute=sites.absolute, site=sites.site, heading=answers.heading,
        mail=corrections.mail,
    )  # fmt: skip
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for blueprint in (sparql.bp, graph_store.bp, void.bp, examples.bp, linked_data.bp, pages.bp, dumps.bp, health.bp):
        app.register_blueprint(blueprint)
    problems.register(app)
    responses.register(app)
    return app
