"""Every described operation is asked as it is described, and otherwise; what comes back is as described.

Nothing is random: the same requests are made on every run.
"""

from collections import Counter
from collections.abc import Iterator

import pytest
import schemathesis
from flask import Flask
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.schemas import BaseSchema

#: Checks that are left out, and why.
_WITHOUT = {
    "positive_data_acceptance": "whether a name is known stands in the graph, whether a query is one in the grammar",
    "use_after_free": "nothing is ever removed",
    "ensure_resource_availability": "nothing is ever made",
    "ignored_auth": "there are no accounts",
}
#: What a request that is not as described may get: also 413 and 414, which say more than 400.
_REFUSED = ["400", "403", "404", "405", "406", "413", "414", "415"]
#: Questions that are asked: one without parameters, one with things and days, one with a text. All have one route.
_QUESTIONS = ("committees", "who-steers", "career")
_CONFIG = {
    "generation": {"deterministic": True, "database": "none"},
    "phases": {
        "stateful": {"enabled": False},
        "fuzzing": {"enabled": False},
        "coverage": {"unexpected-methods": ["put"]},
    },
    "checks": {
        **{name: {"enabled": False} for name in _WITHOUT},
        "negative_data_rejection": {"expected-statuses": _REFUSED},
    },
    "headers": {"Accept-Encoding": "identity"},  # what is asked through WSGI is not unpacked
    "analysis": {"constants": {"enabled": False}},  # requests do not depend on words of the source
    "continue-on-failure": True,
    "workers": 1,
}


@pytest.fixture(scope="module")
def schema(app: Flask) -> BaseSchema:
    """The description as schemathesis reads it."""
    schemathesis.serializer("application/sparql-query", "text/csv")(lambda _, value: str(value).encode())
    found = schemathesis.openapi.from_wsgi("/openapi.json", app, config=SchemathesisConfig.from_dict(_CONFIG))
    return found.exclude(lambda context: _is_other_question(context.operation.path))


def test_answers_are_as_described(schema: BaseSchema) -> None:
    """Statuses, media types, headers, bodies, methods, and what is refused; and never an error of ours."""
    failures, statuses = [], Counter[int]()
    for event in from_schema(schema).execute():
        assert not isinstance(event, events.FatalError | events.NonFatalError), vars(event)
        if isinstance(event, events.ScenarioFinished):
            failures += list(_failures(event))
            statuses.update(one.response.status_code for one in event.recorder.interactions.values() if one.response)

    assert failures == []
    assert statuses.total() > 1000
    assert {200, 206, 303, 307, 400, 404, 405, 406, 413, 414, 415} <= set(statuses)


def _failures(event: events.ScenarioFinished) -> Iterator[str]:
    for checks in event.recorder.checks.values():
        for check in checks:
            if check.failure_info is not None:
                failure = check.failure_info.failure
                yield f"{check.name}: {failure.title}\n{failure.message}\n{check.failure_info.code_sample[:1000]}"


def _is_other_question(path: str) -> bool:
    name = path.removeprefix("/questions/").removesuffix(".{suffix}")
    return path.startswith("/questions/") and path.endswith(".{suffix}") and name not in _QUESTIONS
