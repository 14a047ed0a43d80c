"""What a client asks first: who are you, are you well, who am I."""

from importlib.metadata import version

from pydantic import Field

from orchestrator.api.model import Model
from orchestrator.api.routes.tenants import TenantView, own_tenants
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.api.services import S

router = Section(prefix="/v2", tags=["cluster"])


class Partition(Model):
    partition_id: int = 1
    role: str = "leader"
    health: str = "healthy"
    state: str = "active"


class Broker(Model):
    node_id: int = 0
    broker_id: str = "0"
    host: str
    port: int
    partitions: list[Partition] = Field(default_factory=lambda: [Partition()])
    version: str


class Topology(Model):
    """One server with one partition: PostgreSQL is what is shared."""

    brokers: list[Broker]
    cluster_id: str = "deskhand"
    cluster_size: int = 1
    partitions_count: int = 1
    replication_factor: int = 1
    gateway_version: str
    last_completed_change_id: str = "-1"


class License(Model):
    valid_license: bool = True
    license_type: str = "open source"
    is_commercial: bool = False
    expires_at: None = None


class Caller(Model):
    username: str
    display_name: str
    email: str | None
    authorized_components: list[str] = Field(default_factory=lambda: ["*"])
    tenants: list[TenantView]
    groups: list[str]
    roles: list[str]
    """Those of the groups too."""
    sales_plan_type: None = None
    c8_links: dict[str, str] = Field(default_factory=dict, serialization_alias="c8Links")
    can_logout: bool = True


@router.get("/topology")
def get_topology(caller: Anyone, s: S) -> Topology:
    ours = version("deskhand")
    broker = Broker(host=s.settings.host, port=s.settings.port, version=ours)
    return Topology(brokers=[broker], gateway_version=ours)


@router.get("/status", status_code=204)
def get_status(s: S) -> None:
    """Open. 204 when the server can work."""
    with s.database.begin(actor="system") as unit:
        unit.session.connection().exec_driver_sql("SELECT 1")


@router.get("/license")
def get_license(caller: Anyone) -> License:
    return License()


@router.get("/authentication/me")
def get_authentication(caller: Anyone) -> Caller:
    user = caller.user
    return Caller(
        username=user.username,
        display_name=user.display_name or user.username,
        email=user.email,
        roles=sorted(caller.standing.roles),
        groups=list(user.groups),
        tenants=own_tenants(caller),
    )
