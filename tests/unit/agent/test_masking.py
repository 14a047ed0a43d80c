"""Secrets are masked; what only looks like one is not."""

from agent.masking import Mask

MASK = Mask(
    {
        "ERP_PASSWORD": "robot",
        "RC_API_WORKITEM_TOKEN": "run-token-1234",
        "RC_API_SECRET_HOST": "http://127.0.0.1:8800",
        "SIGNING_SECRET": "-----BEGIN KEY-----\nline-one-of-key\n",
        "API_KEY": "run-token-1234-longer",
        "ERP_USER": "visible",
        "EMPTY_TOKEN": "",
    }
)


def test_the_log_shows_none_of_them() -> None:
    line = "robot run-token-1234-longer run-token-1234 line-one-of-key visible"
    assert MASK.text(line) == "*** *** *** *** visible"


def test_where_the_secrets_are_is_no_secret() -> None:
    assert MASK.text("GET http://127.0.0.1:8800/") == "GET http://127.0.0.1:8800/"


def test_files_are_masked_but_not_torn_apart_by_words() -> None:
    assert MASK.data(b"\xff robot run-token-1234 \x00") == b"\xff robot *** \x00"
