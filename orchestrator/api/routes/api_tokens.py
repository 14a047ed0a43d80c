"""The caller's own API tokens."""

from typing import Annotated

from pydantic import Field

from orchestrator.api.model import Instant, Key, Model
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.people import api_tokens

router = Section(prefix="/v2/api-tokens", tags=["users"])


class NewApiToken(Model):
    name: Annotated[str, Field(min_length=1, max_length=100)]
    expires_at: Instant | None = None


class ApiTokenView(Model):
    api_token_key: Key
    name: str
    token: str
    """Shown this once."""
    expires_at: Instant | None


@router.post("", status_code=201)
def create_api_token(body: NewApiToken, caller: Anyone) -> ApiTokenView:
    """A token that acts as the caller."""
    with caller.at_home() as unit:
        issued = api_tokens.issue(unit, caller.user, body.name, body.expires_at)
        return ApiTokenView(
            api_token_key=issued.row.key,
            name=issued.row.name,
            token=issued.token,
            expires_at=issued.row.expires_at,
        )


@router.delete("/{key}", status_code=204)
def revoke_api_token(key: Key, caller: Anyone) -> None:
    """Ends one of the caller's own tokens."""
    with caller.at_home() as unit:
        api_tokens.revoke(unit, caller.user, key)
