"""Settings: `DESKHAND_*` variables, then the file `deskhand.toml`, then the defaults here."""

import os
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

_CHECKOUT = "pyproject.toml"


def _data_dir() -> Path:
    """`.data` in a checkout, else below the user's home."""
    here = Path.cwd()
    return here / ".data" if (here / _CHECKOUT).exists() else Path.home() / ".local/share/deskhand"


class Settings(BaseSettings):
    """What can be set. `DESKHAND_CONFIG` names another file than ./deskhand.toml."""

    model_config = SettingsConfigDict(env_prefix="DESKHAND_", extra="ignore")

    database_url: str | None = None
    """PostgreSQL (postgresql+psycopg://...); without it the server runs its own."""
    data_dir: Path = Field(default_factory=_data_dir)
    documents_url: str | None = None
    """Where documents are kept, as fsspec writes it; default: in `data_dir`."""
    host: str = "127.0.0.1"
    port: int = Field(8800, ge=1, le=65535)
    public_url: str | None = None
    """How agents, bots and browsers reach the server; default: host and port."""
    node: int = Field(0, ge=0, le=511)
    """Tells replicas on one database apart: each has its own number."""
    pool_size: int = Field(10, ge=1)
    lease_seconds: int = Field(60, ge=2, le=3600)
    session_hours: float = Field(12, gt=0)
    message_seconds: float = Field(3600, ge=0)
    """How long a message that a process throws is kept when its model names no time to live."""
    secret_file: Path | None = None
    """Key of the signed file links; default: made in `data_dir`. Replicas share one."""
    upload_limit: int = Field(100 * 1024 * 1024, ge=1024)
    """Largest request body and document, in bytes."""
    reference_dir: Path | None = None
    """Where `deskhand up` finds vendors.xlsx and purchase_orders.xlsx; default: the samples'."""
    log_level: str = "INFO"
    admin_username: str = "admin"
    admin_password: SecretStr | None = None
    """Of the first user; without it one is made up and printed once."""

    @property
    def folder(self) -> Path:
        return self.data_dir.expanduser().resolve()

    @property
    def reference(self) -> Path:
        named = self.reference_dir
        return named.expanduser().resolve() if named else self.folder / "samples" / "reference"

    @property
    def base_url(self) -> str:
        """The public URL without a slash at its end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def documents(self) -> str:
        return self.documents_url or (self.folder / "documents").as_uri()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = Path(os.environ.get("DESKHAND_CONFIG", "deskhand.toml"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)
