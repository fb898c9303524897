"""`claimgap app`: serves the Streamlit app."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

import schema
from commands.common import DatabaseOption, console, database_file
from commands.database import opened


def _has_screen() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def app(
    db: DatabaseOption = None,
    port: Annotated[int, typer.Option(min=1, max=65_535, help="The port to listen on.")] = 8501,
    address: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open the app in the browser.")] = True,
) -> None:
    """Serve the app and print its address; Ctrl-C ends it.

    Example: claimgap app --port 8600 --no-browser
    """
    database = database_file(db)
    with opened(database):
        pass  # what is no build of ours is told here, not by a page in the browser
    front_door = Path(schema.__file__).resolve().parent.parent / "app.py"
    console.print(f"claimgap: http://{address}:{port}", highlight=False)
    environment = {**os.environ, "CLAIMGAP_DATABASE": str(database.resolve())}
    command = [
        sys.executable, "-m", "streamlit", "run", str(front_door),
        f"--server.port={port}", f"--server.address={address}",
        f"--server.headless={'false' if browser and _has_screen() else 'true'}",
        "--browser.gatherUsageStats=false", "--server.fileWatcherType=none",
        "--client.toolbarMode=minimal",
    ]  # fmt: skip
    try:
        raise typer.Exit(subprocess.run(command, env=environment, check=False).returncode)
    except KeyboardInterrupt:
        raise typer.Exit(0) from None
