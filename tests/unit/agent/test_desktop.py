"""Each run that asks for one gets a desktop of its own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from agent.desktop import desktop, screenshot
from agent.process import members

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("dbus-daemon")), reason="no Xvfb or no dbus-daemon"
)


def bus_id(env: dict[str, str]) -> bytes:
    call = ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus", "/"]
    argv = [*call, "org.freedesktop.DBus.GetId"]
    return subprocess.run(argv, env=os.environ | env, capture_output=True, check=True).stdout


def test_two_desktops_share_neither_display_nor_bus() -> None:
    with desktop("t-one") as one, desktop("t-two") as two:
        assert one["DISPLAY"] != two["DISPLAY"]
        assert bus_id(one).split()[-1] != bus_id(two).split()[-1]
        assert members("t-one-desktop")
    assert not members("t-one-desktop")
    assert not Path(one["XDG_RUNTIME_DIR"]).exists()


def test_a_stranger_without_the_cookie_is_not_let_in() -> None:
    with desktop("t-cookie") as env:
        argv = ["xdotool", "getdisplaygeometry"]
        assert subprocess.run(argv, env=os.environ | env, check=False).returncode == 0
        stranger = {**env, "XAUTHORITY": "/dev/null"}
        assert subprocess.run(argv, env=os.environ | stranger, check=False).returncode != 0


def test_a_picture_of_the_desktop(tmp_path: Path) -> None:
    with desktop("t-picture") as env:
        assert screenshot(env, tmp_path / "desktop.png")
    assert (tmp_path / "desktop.png").read_bytes().startswith(b"\x89PNG")
