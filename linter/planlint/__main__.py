"""`python -m planlint`."""

from planlint.cli.entry import run

if __name__ == "__main__":
    run()
