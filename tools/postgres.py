"""A private PostgreSQL cluster for the tests: in a temporary folder, reached by a socket, gone afterwards.

    python tools/postgres.py run -- pytest -n 2     runs the command with TEST_DATABASE_URL set
    python tools/postgres.py bindir                 prints where the server's programs are, or fails

It needs only the standard library, so it works before .venv stands. PostgreSQL refuses to run as root;
then the server runs as the user `postgres`, which Debian's package makes.
"""

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# The data is thrown away, so nothing waits for the disk.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
}


class NoServer(Exception):
    """There is no PostgreSQL server that this user could start."""


def main(arguments: list[str]) -> int:
    """Run what the command line says; returns the exit code."""
    try:
        if arguments == ["bindir"]:
            print(bindir())
            return 0
        if arguments[:2] == ["run", "--"] and arguments[2:]:
            return run_with_cluster(arguments[2:])
    except NoServer as missing:
        print(missing, file=sys.stderr)
        return 3
    print(__doc__, file=sys.stderr)
    return 2


def run_with_cluster(command: list[str]) -> int:
    """Run `command` beside a fresh cluster and return its exit code."""
    # A polite kill must stop the server too: as an exception it passes through the context manager below.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with cluster() as url:
        return subprocess.run(command, env=os.environ | {"TEST_DATABASE_URL": url}, check=False).returncode


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; yields its SQLAlchemy address, stops and deletes it at the end. Raises NoServer."""
    programs = bindir()
    owner = server_user()
    # Short, because a socket's path may have at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        if owner:
            shutil.chown(folder, user=owner, group=pwd.getpwnam(owner).pw_gid)
        data = folder / "data"
        run_as(owner, programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8",
               "--locale=C.UTF-8", "--no-sync", "--no-instructions")  # fmt: skip
        options = SERVER_OPTIONS | {"unix_socket_directories": str(folder)}
        with (data / "postgresql.conf").open("a") as settings:
            settings.writelines(f"{name} = '{value}'\n" for name, value in options.items())
        try:
            run_as(owner, programs / "pg_ctl", "-D", data, "-l", folder / "log", "-w", "start")
            yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
        finally:
            if (data / "postmaster.pid").exists():
                run_as(owner, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def bindir() -> Path:
    """The newest folder that holds initdb; raises NoServer."""
    candidates = []
    if shutil.which("pg_config"):
        asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(asked.stdout.strip()))
    found = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(found, key=lambda path: int(path.parent.name), reverse=True)
    for candidate in candidates:
        if (candidate / "initdb").exists():
            return candidate
    raise NoServer("There is no PostgreSQL server on this machine (no initdb).")


def server_user() -> str | None:
    """The user to run the server as: None means the one who asks. Raises NoServer."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise NoServer("PostgreSQL does not run as root, and there is no user `postgres`.") from None


def run_as(user: str | None, program: Path, *arguments: Path | str) -> None:
    """Run a program of the server as `user`; raises NoServer with its output when it fails."""
    # Output goes to a file: a pipe would be inherited by the server and never end.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(program), *map(str, arguments)],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            check=False,
        )
        if done.returncode:
            output.seek(0)
            raise NoServer(f"{program.name} failed:\n{output.read()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
