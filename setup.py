"""The wheel: what stands at the top of the repository, where people look for it, goes in with the data."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py


class BuildEngine(build_py):
    """Builds the engine with its schemas and its settings for MkDocs."""

    def run(self) -> None:
        """Copy what the wheel holds; an editable engine reads it where it stands."""
        if not self.editable_mode:
            shutil.rmtree(self.build_lib, ignore_errors=True)  # modules of an earlier build may be gone
        super().run()
        if not self.editable_mode:
            for path in (*Path("schemas").glob("*.json"), Path("hooks/mkdocs.yml")):
                copy = Path(self.build_lib, "handbook/data", path)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)


setup(cmdclass={"build_py": BuildEngine})
