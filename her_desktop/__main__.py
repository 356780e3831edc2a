"""`python -m her_desktop` is the command `her-desktop`."""

from her_desktop.app import main

if __name__ == "__main__":
    main()
