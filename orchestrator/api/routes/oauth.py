"""Tokens for programs by OAuth 2.0 client credentials (RFC 6749, 4.4).

A client is a user with one of their API tokens: the id is the user's name, the secret the token.
"""

from typing import Annotated, Literal

from fastapi import Form
from pydantic import ConfigDict

from orchestrator.api.model import Model
from orchestrator.api.section import Section
from orchestrator.api.services import S
from orchestrator.kernel.errors import InvalidInput, Unauthenticated
from orchestrator.people import api_tokens

router = Section(prefix="/oauth", tags=["sessions"])

Text = Annotated[str, Form(max_length=1000)]


class Token(Model):
    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105
    expires_in: int

    model_config = ConfigDict(alias_generator=None)


@router.post("/token")
def issue_token(
    s: S, grant_type: Text, client_id: Text, client_secret: Text, audience: Text = ""
) -> Token:
    """Open. A token of an hour, or of what is left of the secret's life."""
    if grant_type != "client_credentials":
        raise InvalidInput("grant_type is client_credentials", code="unsupported_grant_type")
    with s.database.begin(actor="system") as unit:
        user = api_tokens.find(unit, client_secret)
        if user is None or user.username != client_id:
            raise Unauthenticated("The client is not known.", code="auth.failed")
        unit.tenant_id, unit.actor = user.tenant_id, f"user:{user.username}"
        issued, seconds = api_tokens.exchange(unit, user, client_secret)
    return Token(access_token=issued, expires_in=seconds)
