import http.client
import re
import socket
import struct
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from auditor.demo.addresses import banner_address, portrait_address, profile_path
from auditor.demo.cases import Shape
from auditor.demo.people import Person
from auditor.demo.site import SCENARIOS, SLOWNESS
from auditor.demo.world import World, build_world


def _get(world: World, path: str) -> tuple[int, bytes, str]:
    connection = http.client.HTTPConnection(world.site.host, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers.get("Location", "")
    finally:
        connection.close()


def _opened(world: World) -> list[Person]:
    return [person for person in world.people if person.is_asked_for and not person.case.slow]


def test_serves_pages_pictures_and_firms(world: World) -> None:
    person = next(person for person in world.people if person.case.name == "right")
    status, page, _ = _get(world, profile_path(person))
    assert status == 200
    assert person.headline is not None
    assert person.headline in page.decode()
    for path in (banner_address(person), portrait_address(person), "/aero-v1/sc/h/5q92mjc5c51bjlwaj3rs9aa82"):
        status, body, _ = _get(world, path)
        assert (status, body[:3]) == (200, b"\xff\xd8\xff")
    status, body, _ = _get(world, f"/company/{person.firm.numeric_id}")
    assert status == 200
    assert f"urn:li:organization:{person.firm.numeric_id}".encode() in body
    assert _get(world, "/nothing/here")[0] == 404


def test_every_picture_of_every_page_is_there_and_nothing_points_elsewhere(world: World) -> None:
    pictures = set()
    for person in world.people:
        if person.case.shape is Shape.NOT_FOUND or person.case.slow:
            continue
        page = _get(world, profile_path(person))[1].decode()
        assert 40_000 < len(page) < 250_000
        hosts = {urlsplit(address).netloc for address in re.findall(r'https?://[^"\'\s<>]+', page)}
        assert hosts <= {world.site.host, "schema.org"}
        assert "linkedin.com" not in page
        pictures |= set(re.findall(r'<img[^>]*?(?:src|data-delayed-url)="([^"]+)"', page))
    assert len(pictures) > 100
    for address in pictures:
        path = address.replace("&amp;", "&").removeprefix(world.site.origin)
        assert _get(world, path)[0] == 200, path


def test_an_address_is_found_however_it_is_spelt(world: World) -> None:
    person = next(person for person in world.people if not person.slug.isascii() and person.is_asked_for)
    path = profile_path(person)
    assert "%C3%" in path
    for spelt in (path, path.upper().replace("/IN/", "/in/"), f"{path}/", f"{path}/fr", f"{path}?trk=x"):
        assert _get(world, spelt)[0] == 200, spelt


def test_not_found_is_404_with_a_page_and_counted(world: World) -> None:
    person = next(person for person in world.people if person.case.name == "not_found")
    status, page, _ = _get(world, profile_path(person))
    assert status == 404
    assert b"page-not-found__headline" in page
    assert world.site.profile_requests() == {person.slug: 1}
    assert world.site.profiles_served == {person.slug}


def test_the_slow_page_is_slow(world: World) -> None:
    person = next(person for person in world.people if person.case.slow)
    started = time.monotonic()
    assert _get(world, profile_path(person))[0] == 200
    assert time.monotonic() - started >= SLOWNESS


def test_a_wall_stands_from_half_way_until_it_is_lifted(tmp_path: Path) -> None:
    with build_world(tmp_path, scenario="walled") as world:
        people = _opened(world)
        total = sum(person.is_asked_for for person in world.people)
        answers = [_get(world, profile_path(person)) for person in people]
        assert [status for status, _, _ in answers] == [
            404 if person.case.shape is Shape.NOT_FOUND else 200 for person in people[: total // 2]
        ] + [302] * (len(people) - total // 2)
        location = answers[-1][2]
        assert location.startswith(f"{world.site.origin}/authwall?trk=bf&")
        status, page, _ = _get(world, location.removeprefix(world.site.origin))
        assert status == 200
        assert b"auth_wall_desktop_profile" in page
        world.site.lift_wall()
        assert _get(world, profile_path(people[-1]))[0] == 200


def test_a_world_that_is_resumed_has_its_port_and_its_wall_lifted(tmp_path: Path) -> None:
    with build_world(tmp_path, scenario="walled") as first:
        host, roster = first.site.host, first.roster.read_bytes()
    with build_world(tmp_path, scenario="walled", resume=True) as again:
        assert (again.site.host, again.roster.read_bytes()) == (host, roster)
        assert {_get(again, profile_path(person))[0] for person in _opened(again)} == {200, 404}
    with build_world(tmp_path, scenario="walled") as anew:
        assert 302 in {_get(anew, profile_path(person))[0] for person in _opened(anew)}


def test_throttled_answers_999_with_a_script(tmp_path: Path) -> None:
    with build_world(tmp_path, scenario="throttled") as world:
        *_, (status, body, _) = [_get(world, profile_path(person)) for person in _opened(world)]
    assert status == 999
    assert b'"trkCode="' in body


def test_drifted_pages_have_lost_the_headlines_class(tmp_path: Path) -> None:
    with build_world(tmp_path, scenario="drifted") as world:
        page = _get(world, profile_path(world.people[0]))[1]
    assert b"top-card-layout__headline" not in page
    assert b"top-card-layout__tagline" in page


def test_the_scenarios_are_known_by_name(tmp_path: Path) -> None:
    assert set(SCENARIOS) >= {"sound", "walled", "throttled", "drifted"}
    with pytest.raises(KeyError):
        build_world(tmp_path, scenario="unheard of")


def test_visitors_who_hang_up_leave_no_trace(world: World, capfd: pytest.CaptureFixture[str]) -> None:
    for person in _opened(world)[:10]:
        with socket.create_connection(world.site.host.split(":"), timeout=5) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            line.sendall(f"GET {profile_path(person)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert _get(world, profile_path(world.people[0]))[0] == 200
    captured = capfd.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_closing_ends_the_server_and_its_slow_answers(tmp_path: Path) -> None:
    with build_world(tmp_path) as world:
        slow = next(person for person in world.people if person.case.slow)
        threading.Thread(target=lambda: _quietly(world, profile_path(slow)), daemon=True).start()
        time.sleep(0.1)
        started = time.monotonic()
        world.site.close()
        assert time.monotonic() - started < 1
        with pytest.raises(OSError, match="refused"):
            _get(world, "/")


def _quietly(world: World, path: str) -> None:
    try:
        _get(world, path)
    except (OSError, http.client.HTTPException):
        return
