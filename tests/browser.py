"""The Chromium that browser tests use; `python -m tests.browser` installs it where it may."""

import os
import platform
import shutil
import subprocess
import sys
import time

NAMES = ("chromium", "chromium-browser", "google-chrome")
APT = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=3")
MISSING = (
    "NO BROWSER TESTS: no Chromium was found. Install one, or name it in the environment variable CHROMIUM."
)


def find() -> str | None:
    """The path of a Chromium: the environment variable CHROMIUM, or the first one installed."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Install Chromium where this is root on Debian; elsewhere say loudly what will not be tested."""
    if find() or (may_install() and install()):
        return
    print(f"\n{'!' * 100}\n{MISSING}\n{'!' * 100}\n", file=sys.stderr)


def may_install() -> bool:
    """Whether this is root on Debian (Ubuntu's package of that name is an empty pointer to a snap)."""
    if "CHROMIUM" in os.environ:
        return False
    try:
        return platform.freedesktop_os_release()["ID"] == "debian" and os.geteuid() == 0
    except (OSError, AttributeError):
        return False


def install() -> bool:
    """Install Debian's Chromium, in three tries."""
    print("Installing Chromium for the browser tests ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ("chromium", "fonts-liberation")
    for wait in (5, 20, 0):
        update = subprocess.run([*APT, "update"], env=environment, stdout=subprocess.DEVNULL)
        added = subprocess.run(
            [*APT, "install", "-y", "--no-install-recommends", *packages],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        if update.returncode == added.returncode == 0 or find():
            return True
        time.sleep(wait)
    return False


if __name__ == "__main__":
    main()
