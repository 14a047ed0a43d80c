"""The web console's files, when they have been built."""

from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

BUILT = Path(__file__).resolve().parents[1] / "console" / "dist"
API = ("v2/", "json-v1/", "process-v1/", "files/")


class Console(StaticFiles):
    """Files; any other path that is not the API's is the console's own: it gets index.html."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code != 404 or path.startswith(API) or "." in path.rpartition("/")[2]:
                raise
            response = await super().get_response("index.html", scope)
        # Assets have their digest in their names; the page that names them has not.
        hashed = path.startswith("assets/")
        age = "public, max-age=31536000, immutable" if hashed else "no-cache"
        response.headers["Cache-Control"] = age
        return response


def mount(app: FastAPI, folder: Path = BUILT) -> None:
    """Serve the console at every path no route takes, if it is there."""
    if (folder / "index.html").exists():
        app.mount("/", Console(directory=folder, html=True), name="console")
