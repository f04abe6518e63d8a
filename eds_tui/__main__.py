"""Run the program as ``python -m eds_tui``."""

from eds_tui.cli import main

if __name__ == "__main__":
    main()
