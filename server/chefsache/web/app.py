"""Build the application."""

from types import TracebackType

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider

from chefsache.content.questions import questions
from chefsache.pipeline.snapshot import Snapshot
from chefsache.store.protocol import Store
from chefsache.web import assets, health, languages
from chefsache.web import site as sites
from chefsache.web.endpoint import examples, graph_store, sparql, void, workbench
from chefsache.web.gateway import logs
from chefsache.web.gateway.bounds import BODY_BYTES
from chefsache.web.gateway.door import Door, Gateway
from chefsache.web.gateway.edition import edition
from chefsache.web.http import openapi, problems, responses
from chefsache.web.matching import index, lookup, reconcile, search
from chefsache.web.overview import views as overview
from chefsache.web.pages import answers, card, corrections, linked_data
from chefsache.web.pages import views as pages
from chefsache.web.pictures import views as pictures
from chefsache.web.portals import catalogue, changes, discovery, dumps, sitemap
from chefsache.web.settings import Settings


class Application(Flask):
    """The application; it writes errors down under the id of their request."""

    request_class = responses.Asking

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        """Write the trace of an error that is ours."""
        logs.failure(request.environ[logs.RECORD].id, exc_info)


def create_app(snapshot: Snapshot, store: Store, settings: Settings | None = None, door: Door | None = None) -> Flask:
    """Return the application that serves one snapshot.

    Args:
        snapshot: what is served.
        store: answers queries on it.
        settings: address, hosts and limits; by default those of the door, else of the environment.
        door: the accounts of clients, where several applications share them.
    """
    settings = settings or (door.settings if door else Settings.from_env())
    app = Application(__name__)
    app.url_map.merge_slashes = False
    app.json = provider = DefaultJSONProvider(app)
    provider.ensure_ascii = False
    app.config.update(MAX_CONTENT_LENGTH=BODY_BYTES, MAX_FORM_MEMORY_SIZE=BODY_BYTES)
    app.extensions["chefsache"] = sites.Site(snapshot, store, settings, questions(), edition(snapshot.digest, settings))
    app.jinja_env.globals.update(
        t=languages.text, pick=languages.pick, language=languages.current, date=languages.date, number=languages.number,
        percent=languages.percent,
        path=sites.path, href=sites.href, absolute=sites.absolute, site=sites.site, heading=answers.heading,
        mail=corrections.mail,
        script=assets.script,
    )  # fmt: skip
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    for blueprint in (
        sparql.bp, workbench.bp, graph_store.bp, void.bp, examples.bp, linked_data.bp, pages.bp, overview.bp,
        pictures.bp, card.bp, dumps.bp, catalogue.bp, changes.bp, reconcile.bp, lookup.bp, search.bp, sitemap.bp,
        discovery.bp, openapi.bp, assets.bp, health.bp,
    ):  # fmt: skip
        app.register_blueprint(blueprint)
    index.register(app, store)
    problems.register(app)
    responses.register(app)
    logs.start(settings.log)
    gateway = Gateway(app.wsgi_app, door or Door(settings), responses.always(settings))
    app.extensions["chefsache.kept"] = gateway.kept
    app.wsgi_app = gateway  # type: ignore[method-assign]
    return app
