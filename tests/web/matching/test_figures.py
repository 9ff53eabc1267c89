"""The labelled cases keep their figures; a client that nobody here wrote matches a column through a real server."""

import importlib.util
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from chefsache.pipeline.snapshot import Snapshot

MEASURE = Path(__file__).parents[2] / "benchmarks/reconciliation/measure.py"
PROGRAM = """
import datetime, sys
from pathlib import Path
from chefsache.pipeline.snapshot import Snapshot
from chefsache.web.serve import serve
serve(Snapshot(Path(sys.argv[1]), sys.argv[2], datetime.date.fromisoformat(sys.argv[3])), port=int(sys.argv[4]))
"""
#: A hundred names as tables write them; a star before those that must not be claimed.
COLUMN = """
Aachen=05334002 Ahaus=05554004 Ahlen=05570004 Arnsberg=05958004 Bocholt=05554008 Bochum=05911000 Bonn=05314000
Borken=05554012 Bottrop=05512000 Brilon=05958012 Coesfeld=05558012 Datteln=05562008 Detmold=05766020 Dorsten=05562012
Dortmund=05913000 Duisburg=05112000 Düsseldorf=05111000 Emmerich=05154008 Emsdetten=05566008 Ennepetal=05954008
Erkelenz=05370004 Essen=05113000 Euskirchen=05366016 Gelsenkirchen=05513000 Gevelsberg=05954012 Gladbeck=05562014
Goch=05154016 Gronau=05554020 Gütersloh=05754008 Hagen=05914000 Hamm=05915000 Hattingen=05954016 Herdecke=05954020
Herford=05758012 Herne=05916000 Herten=05562020 Hilden=05158016 Hürth=05362028 Iserlohn=05962024 Kaarst=05162016
Kerpen=05362032 Kleve=05154036 Krefeld=05114000 Köln=05315000 Langenfeld=05158020 Leverkusen=05316000 Lippstadt=05974028
Lüdenscheid=05962032 Lünen=05978024 Marl=05562024 Meschede=05958032 Minden=05770024 Moers=05170024
Mönchengladbach=05116000 Münster=05515000 Neuss=05162024 Oberhausen=05119000 Paderborn=05774032 Ratingen=05158028
Recklinghausen=05562032 Remscheid=05120000 Rheine=05566076 Siegburg=05382060 Siegen=05970040 Soest=05974040
Solingen=05122000 Sprockhövel=05954028 Troisdorf=05382068 Unna=05978036 Velbert=05158032 Viersen=05166032
Waltrop=05562036 Warendorf=05570052 Wesel=05170048 Willich=05166036 Witten=05954036 Wuppertal=05124000
Stuttgart=08111000 Mannheim=08222000 Heidelberg=08221000 Karlsruhe=08212000 Ulm=08421000 München=09162000
Nürnberg=09564000 Augsburg=09761000 Regensburg=09362000 Würzburg=09663000 Berlin=11000000 Hamburg=02000000
Bremerhaven=04012000 Kiel=01002000 Lübeck=01003000 Dresden=14612000 Leipzig=14713000 Chemnitz=14511000 Erfurt=16051000
Jena=16053000 Mainz=07315000 *Neustadt=- *Frankfurt=-
"""


def test_figures_of_the_labelled_cases(matching: FlaskClient) -> None:
    """Nothing is claimed wrongly, and of what should be claimed at least 95 % is."""
    spec = importlib.util.spec_from_file_location("measure", MEASURE)
    assert spec is not None
    assert spec.loader is not None
    measure = importlib.util.module_from_spec(spec)
    sys.modules["measure"] = measure
    spec.loader.exec_module(measure)
    figures = measure.measure(matching.application)

    assert len(measure.cases()) >= 300
    assert figures.wrong == ()
    assert figures.recall >= 0.95, figures.missed


@pytest.mark.filterwarnings("ignore")
def test_reconciler_matches_a_column(snapshot: Snapshot) -> None:
    import pandas as pd
    from reconciler import reconcile

    expected = dict(pair.lstrip("*").split("=") for pair in COLUMN.split())
    with socket.socket() as free:
        # Below the ports that connections start from: who waits for a server there would find itself.
        free.bind(("127.0.0.1", random.randrange(20_000, 32_000)))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-c",
        PROGRAM,
        str(snapshot.path),
        snapshot.digest,
        snapshot.as_of.isoformat(),
        str(port),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, process_group=0) as server:
        try:
            address = f"http://127.0.0.1:{port}/reconcile"
            _wait(f"{address}/suggest/entity?prefix=Herne")
            table = reconcile(
                pd.Series(list(expected)), type_id="municipality", reconciliation_endpoint=address, top_res=1
            )
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(timeout=60)
    claimed = {row["input_value"]: row["id"] for _, row in table.iterrows() if row["match"]}
    right = [name for name, wanted in expected.items() if claimed.get(name, "-") == wanted]

    assert len(expected) == 100
    assert [name for name in claimed if claimed[name] != expected[name]] == []
    assert len(right) >= 98


def _wait(address: str) -> None:
    deadline = time.monotonic() + 90
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as response:
                response.read()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)
