"""Limits come from the environment, or the variable is named."""

import pytest

from chefsache.store.limits import Limits


def test_reads_the_environment() -> None:
    limits = Limits.from_env(
        {"CHEFSACHE_QUERY_SECONDS": "2.5", "CHEFSACHE_QUERY_MEMORY_MB": "64", "CHEFSACHE_MAX_RESULT_MB": "8"}
    )

    assert (limits.seconds, limits.memory_mb, limits.result_mb) == (2.5, 64, 8)


@pytest.mark.parametrize("value", ["0", "-1", "much", "inf", "nan"])
def test_refuses_what_is_no_positive_number(value: str) -> None:
    with pytest.raises(ValueError, match="CHEFSACHE_QUERY_SECONDS"):
        Limits.from_env({"CHEFSACHE_QUERY_SECONDS": value})
