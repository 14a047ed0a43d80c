"""`python -m samples.legacy_erp web --port P --db FILE` and `... desktop --db FILE`."""

import argparse
import os
from pathlib import Path


def main() -> None:
    options = _parser().parse_args()
    if options.client == "desktop":
        from samples.legacy_erp.desktop import run

        run(options.db, options.user)
    else:
        _serve(options)


def _serve(options: argparse.Namespace) -> None:
    import uvicorn

    from samples.legacy_erp.web import create_app

    app = create_app(options.db, options.user, options.password)
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="legacy_erp", description="A legacy ERP to practise on.")
    clients = parser.add_subparsers(dest="client", required=True)
    web = clients.add_parser("web", help="serve the web client")
    desktop = clients.add_parser("desktop", help="open the desktop client")
    for client in (web, desktop):
        client.add_argument("--db", type=Path, required=True, help="the SQLite file of the book")
        client.add_argument("--user", default=os.environ.get("DESKHAND_ERP_USER", "robot"))
    web.add_argument("--password", default=os.environ.get("DESKHAND_ERP_PASSWORD", "robot"))
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=int, default=8801)
    return parser


if __name__ == "__main__":
    main()
