"""What a robot of the Robocorp convention finds in its environment."""

from orchestrator.work.model import Claim


def environment(base_url: str, claim: Claim) -> dict[str, str]:
    """The RC_ variables with which unmodified robots get and release their work here. The
    item's queue plays the process, the run the step run."""
    item, run, token = claim.item, claim.run_key, claim.run_token
    return {
        "RC_API_WORKITEM_HOST": base_url,
        "RC_API_WORKITEM_TOKEN": token,
        "RC_API_PROCESS_HOST": base_url,
        "RC_API_PROCESS_TOKEN": token,
        "RC_API_SECRET_HOST": base_url,
        "RC_API_SECRET_TOKEN": token,
        "RC_API_URL_V1": f"{base_url}/v1",
        "RC_API_TOKEN_V1": token,
        "RC_ORGANIZATION_ID": item.tenant_id,
        "RC_WORKSPACE_ID": item.tenant_id,
        "RC_PROCESS_ID": item.tenant_id,
        "RC_PROCESS_RUN_ID": str(item.instance_key or item.key),
        "RC_ACTIVITY_ID": item.element_id or item.queue,
        "RC_ACTIVITY_RUN_ID": str(run),
        "RC_ROBOT_RUN_ID": str(run),
        "RC_WORKITEM_ID": str(item.key),
    }
