"""`python -m votewire`, and what the command `votewire` calls."""

from votewire.interrupts import end_at_once

end_at_once()  # before the imports, which take longer than some people wait


def run() -> None:
    """Runs the command line; see `votewire.cli.run`."""
    from votewire.cli import run as run_all

    run_all()


if __name__ == "__main__":
    run()
