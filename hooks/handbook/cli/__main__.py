"""`python -m handbook.cli`."""

from . import main

main()
