"""The Chromium of browser tests, the Pango of booklets; `python -m tests.browser` installs both if it may."""

import os
import platform
import shutil
import subprocess
import sys
import time
from ctypes.util import find_library

NAMES = ("chromium", "chromium-browser", "google-chrome")
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
APT = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "Acquire::Retries=3")
MISSING = (
    "NO BROWSER TESTS: no Chromium was found. Install one, or name it in the environment variable CHROMIUM."
)


def find() -> str | None:
    """The path of a Chromium: the environment variable CHROMIUM, or the first one installed."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


def main() -> None:
    """Install both where this is root on Debian; elsewhere say loudly what will not be tested."""
    if (find() and find_library("pangoft2-1.0")) or (may_install() and install()) or find():
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
    """Install Debian's Chromium and Pango, in three tries."""
    print("Installing Chromium and Pango for the tests ...", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    packages = ("chromium", "fonts-liberation", *PANGO)
    for wait in (5, 20, 0):
        update = subprocess.run([*APT, "update"], env=environment, stdout=subprocess.DEVNULL)
        added = subprocess.run(
            [*APT, "install", "-y", "--no-install-recommends", *packages],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        if update.returncode == added.returncode == 0:
            return True
        time.sleep(wait)
    return find() is not None


if __name__ == "__main__":
    main()
