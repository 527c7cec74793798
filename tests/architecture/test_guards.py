"""What guards the tests themselves: no test reaches past this machine, and what was not tested is said."""

import socket
import subprocess
import sys

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.architecture.source import ROOT


@pytest.mark.filterwarnings("ignore:A test tried to use socket")
def test_a_test_cannot_reach_past_this_machine():
    with socket.socket() as outside, pytest.raises(SocketConnectBlockedError):
        outside.connect(("192.0.2.1", 80))  # an address kept for documentation: nobody's


def test_a_test_can_reach_a_server_on_this_machine():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_what_lacks_its_material_is_skipped_loudly(tmp_path, monkeypatch):
    monkeypatch.delenv("DUHENG_TRUTH", raising=False)
    (tmp_path / "test_it.py").write_text("def test_it(truth):\n    raise AssertionError\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "--rootdir", ROOT, "-c", ROOT / "pyproject.toml", tmp_path]
    done = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-p", "no:django"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "1 tests NOT RUN, lacking: DUHENG_TRUTH" in done.stdout, done.stdout + done.stderr
