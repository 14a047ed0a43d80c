"""What a run prints arrives whole, and without secrets."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from agent.client import Client, ServerAway
from agent.masking import Mask
from agent.reporter import KEPT_LINES, RunLog, transcript
from agent.wire import LogLine


class Server(Client):
    """Takes log lines, but for the first `away` calls."""

    def __init__(self, away: int = 0) -> None:
        self.away, self.lines = away, list[LogLine]()

    def logs(self, run_key: str, lines: Sequence[LogLine]) -> None:
        if self.away:
            self.away -= 1
            raise ServerAway("away")
        self.lines += lines


def test_a_chatty_bot_loses_no_line() -> None:
    server = Server(away=1)
    out = RunLog(server, "1", Mask({}))
    for n in range(20_000):
        out.line("stdout", str(n))
    out.close()
    assert [line.text for line in server.lines] == [str(n) for n in range(20_000)]


def test_lines_that_are_left_out_are_counted() -> None:
    server = Server()
    out = RunLog(server, "1", Mask({}))
    line = LogLine(time=datetime.now(UTC), stream="stdout", text="x")
    out._lines.extend(line for _ in range(KEPT_LINES))
    out.line("stdout", "last")
    out.close()
    assert server.lines[0].text == "1 older lines are left out."
    assert server.lines[-1].text == "last"


def test_what_is_printed_is_kept_in_files_too(tmp_path: Path) -> None:
    server = Server()
    out = RunLog(server, "1", Mask({"ERP_PASSWORD": "s3cret"}))
    with transcript(out, tmp_path) as line:
        line("stdout", "the password is s3cret")
        line("stderr", "oh")
    out.close()
    assert (tmp_path / "stdout.log").read_text() == "the password is ***\n"
    assert (tmp_path / "stderr.log").read_text() == "oh\n"


def test_the_last_error_that_a_bot_prints_is_known_without_secrets() -> None:
    out = RunLog(Server(), "1", Mask({"ERP_PASSWORD": "hush"}))
    printed = (
        "ValueError: an earlier one",
        "Traceback (most recent call last):",
        "    raise Error: no",
        "\x1b[31mlib.erp.LoginError: hush is wrong\x1b[0m",
        "Errors: 0",
    )
    for text in printed:
        out.line("stderr", text)
    out.close()
    assert out.error == "lib.erp.LoginError: *** is wrong"
