"""One contract for every online geocoder, against a server of our own that speaks their JSON."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from gazetteer.__main__ import main
from gazetteer.errors import OnlineError, OnlineQuotaError, OnlineRateLimitError, OnlineTimeoutError
from gazetteer.online import OnlineGeocoder, Settings, base, enabled, services

MAHIN = (37.05843, 34.24168)


def point(**properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": list(MAHIN)}, "properties": properties}


ANSWERS: dict[str, object] = {
    "nominatim": [{"lat": str(MAHIN[1]), "lon": str(MAHIN[0]), "display_name": "Mahin, Homs, Syria"}],
    "photon": {"features": [point(name="Mahin", country="Iraq", countrycode="IQ"), point(name="Mahin", country="Syria", countrycode="SY")]},
    "geonames": {"geonames": [{"lat": str(MAHIN[1]), "lng": str(MAHIN[0]), "name": "Mahin", "countryName": "Syria"}, {"name": "nowhere"}]},
    "pelias": {"features": [point(name="Mahin, Syria")]},
}
EMPTY: dict[str, object] = {"nominatim": [], "photon": {"features": []}, "geonames": {"geonames": []}, "pelias": {"features": []}}


class Server:
    """Answers every request with `answer`, and keeps the queries and headers."""

    def __init__(self) -> None:
        self.answer: object = None
        self.status = 200
        self.delay_s = 0.0
        self.queries: list[dict[str, list[str]]] = []
        self.agents: list[str] = []
        self.times: list[float] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.queries.append(parse_qs(urlsplit(self.path).query))
                outer.agents.append(self.headers.get("User-Agent", ""))
                outer.times.append(time.monotonic())
                body = json.dumps(outer.answer).encode()
                time.sleep(outer.delay_s)
                self.send_response(outer.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Keeps quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.domain = f"127.0.0.1:{self.http.server_port}"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = Server()
    thread = threading.Thread(target=server.http.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.http.shutdown()
    server.http.server_close()
    thread.join()


@pytest.fixture
def settings(server: Server, tmp_path: Path) -> Settings:
    return Settings(
        services=tuple(services()),
        home=tmp_path,
        contact="desk@example.org",
        domains=dict.fromkeys(services(), server.domain),
        scheme="http",
        keys={"geonames": "somebody"},
        timeout_s=60,
        pause_s=0,
    )


def only(settings: Settings, name: str) -> OnlineGeocoder:
    (geocoder,) = enabled(replace(settings, services=(name,)))
    return geocoder


def test_the_four_services_are_found_and_none_is_on_by_itself(monkeypatch: pytest.MonkeyPatch):
    assert tuple(services()) == tuple(sorted(ANSWERS))
    assert enabled(Settings()) == []
    monkeypatch.delenv("ONLINE_GEOCODERS", raising=False)
    assert enabled(Settings.from_environment()) == []


def test_the_environment_switches_services_on(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("GAZETTEER_HOME", str(tmp_path))
    for name, value in (
        ("ONLINE_GEOCODERS", "Pelias, geonames"),
        ("PELIAS_DOMAIN", "pelias.example.org"),
        ("GEONAMES_USERNAME", "somebody"),
    ):
        monkeypatch.setenv(name, value)
    assert [geocoder.name for geocoder in enabled(Settings.from_environment())] == ["pelias", "geonames"]


@pytest.mark.parametrize("name", services())
def test_an_answer_bears_its_provider_and_longitude_is_east(server: Server, settings: Settings, name: str):
    server.answer = ANSWERS[name]
    geocoder = only(settings, name)
    (answer,) = geocoder.geocode("Mheen", "SY", 5)
    assert (answer.provider, answer.attribution) == (geocoder.name, geocoder.attribution) == (name, answer.attribution)
    assert answer.attribution
    assert (answer.longitude, answer.latitude) == pytest.approx(MAHIN)
    assert answer.label.startswith("Mahin")
    (query,) = server.queries
    assert "Mheen" in (query.get("q") or query.get("text") or [])
    assert server.agents == ["control-atlas-gazetteer (desk@example.org)"]


@pytest.mark.parametrize("name", services())
def test_a_question_is_sent_once_and_nothing_found_is_kept_too(server: Server, settings: Settings, name: str):
    server.answer = EMPTY[name]
    assert only(settings, name).geocode("Mheen", "SY", 5) == []
    server.answer = ANSWERS[name]
    assert only(settings, name).geocode(" Mheen ", "sy", 5) == []
    assert len(server.queries) == 1
    assert len(only(settings, name).geocode("Maheen", "SY", 5)) == 1


@pytest.mark.parametrize("name", services())
def test_a_service_in_trouble_is_named_after_some_attempts_and_nothing_is_kept(server: Server, settings: Settings, name: str):
    server.status, server.answer = 503, {}
    with pytest.raises(OnlineError, match=f"^{name} did not answer"):
        only(settings, name).geocode("Mheen", "SY", 5)
    assert 1 < len(server.queries) <= 3
    server.status, server.answer = 200, ANSWERS[name]
    assert len(only(settings, name).geocode("Mheen", "SY", 5)) == 1


@pytest.mark.parametrize("name", services())
@pytest.mark.parametrize(
    ("status", "kind", "sentence"),
    [
        (504, OnlineTimeoutError, "did not answer in time"), (429, OnlineRateLimitError, "is asked too often and wants a pause"),
        (402, OnlineQuotaError, "answers no more, for the requests that it allows are used up"), (401, OnlineError, "did not answer"),
    ],
)  # fmt: skip
def test_time_rate_and_quota_are_different_errors_each_with_its_sentence(
    server: Server, settings: Settings, name: str, status: int, kind: type[OnlineError], sentence: str
):
    server.status, server.answer = status, {}
    with pytest.raises(OnlineError, match=f"^{name} {sentence}: ") as raised:
        only(settings, name).geocode("Mheen", "SY", 5)
    assert type(raised.value) is kind


def test_a_quota_that_geonames_says_in_its_answer_is_told(server: Server, settings: Settings):
    server.answer = {"status": {"value": 19, "message": "the hourly limit of 1000 credits for somebody has been exceeded"}}
    with pytest.raises(OnlineQuotaError, match=r"^geonames answers no more, .* are used up: the hourly limit"):
        only(settings, "geonames").geocode("Mheen", "SY", 5)


def test_a_server_that_is_too_slow_is_a_time_out_of_the_standard_library_too(server: Server, settings: Settings):
    server.answer, server.delay_s = ANSWERS["photon"], 0.5
    with pytest.raises(TimeoutError, match=r"^photon did not answer in time: "):
        only(replace(settings, timeout_s=0.1), "photon").geocode("Mheen", "SY", 5)


@pytest.mark.parametrize("name", services())
@pytest.mark.parametrize("answer", [{"features": [{}], "geonames": [[]]}, "text", 7, [{"lat": "x"}], None])
def test_an_answer_of_another_form_is_an_error_or_empty(server: Server, settings: Settings, name: str, answer: object):
    server.answer = answer
    try:
        assert only(settings, name).geocode("Mheen", "SY", 5) == []
    except OnlineError as error:
        assert str(error).startswith(f"{name} did not answer")  # noqa: PT017


@pytest.mark.parametrize("name", services())
def test_requests_keep_the_pause(server: Server, settings: Settings, name: str):
    server.answer, begun = EMPTY[name], time.monotonic()
    for query in ("a", "b"):  # also between two geocoders, as a page that is run twice makes them
        only(replace(settings, pause_s=0.4), name).geocode(query, "SY", 5)
    assert server.times[1] - begun > 0.39


@pytest.mark.parametrize("query", ["", "  ", "x" * 201])
def test_what_is_no_name_is_not_asked(server: Server, settings: Settings, query: str):
    assert only(settings, "nominatim").geocode(query, "SY", 5) == []
    assert server.queries == []


def test_a_damaged_cache_is_named(server: Server, settings: Settings, tmp_path: Path):
    (tmp_path / "online.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(OnlineError, match=r"online\.sqlite: kept answers cannot be read"):
        only(settings, "nominatim").geocode("Mheen", "SY", 5)
    assert server.queries == []


def test_a_public_server_sets_its_own_pace(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    paces: list[float] = []
    monkeypatch.setattr(base, "_limiter", lambda name, domain, pause_s: paces.append(pause_s))
    enabled(replace(settings, services=("nominatim",), domains={}))
    assert paces == [1.0]


def test_no_more_answers_than_asked_for_come_back(server: Server, settings: Settings):
    server.answer = {"features": [point(name="Mahin")] * 9}
    assert len(only(settings, "pelias").geocode("Mheen", "SY", 2)) == 2


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        (Settings(services=("google",)), "'google' is no online geocoder: known are geonames, nominatim, pelias, photon"),
        (Settings(services=("geonames",)), "geonames needs a user name"),
        (Settings(services=("pelias",)), "pelias needs a server"),
    ],
)
def test_a_service_that_is_not_set_up_is_said_so(settings: Settings, problem: str):
    with pytest.raises(OnlineError, match=problem):
        enabled(settings)


def test_the_command_lists_online_answers_apart_from_its_own(
    server: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys
):
    monkeypatch.setattr(Settings, "from_environment", classmethod(lambda cls: replace(settings, services=())))
    server.answer = ANSWERS["nominatim"]
    arguments = ["resolve", "Mheen", "--json", "--home", str(tmp_path)]
    assert main(arguments) == 0
    offline = json.loads(capsys.readouterr().out)
    assert "online" not in offline
    assert main([*arguments, "--online", "nominatim"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [one["provider"] for one in answer.pop("online")] == ["nominatim"]
    assert answer == offline
    assert main([*arguments, "--online", "nobody"]) == 2


def test_a_silent_service_does_not_take_the_offline_answer_away(
    server: Server, settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys
):
    monkeypatch.setattr(Settings, "from_environment", classmethod(lambda cls: replace(settings, services=())))
    server.status = 500
    assert main(["resolve", "Mheen", "--home", str(tmp_path), "--online", "nominatim"]) == 0
    said = capsys.readouterr()
    assert "Mahin" in said.out
    assert "nominatim" in said.err
