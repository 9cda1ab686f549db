"""Start the exchange: `python -m disclosure.mock_feed [--host H] [--port N]`; everything else by MOCK_* variables."""

import argparse
import signal
import sys
from dataclasses import replace
from types import FrameType

from disclosure.mock_feed.server import Server
from disclosure.mock_feed.settings import SettingsError, from_environment


def main() -> int:
    """Serve until SIGTERM or Ctrl-C; 2 when the settings cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m disclosure.mock_feed", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=None, help="0 takes any free port")
    arguments = parser.parse_args()
    try:
        settings = replace(from_environment(), host=arguments.host)
        if arguments.port is not None:
            settings = replace(settings, port=arguments.port)
        server = Server(settings)
    except (SettingsError, OSError, ValueError, KeyError) as error:
        print(f"mock exchange: {error}", file=sys.stderr)
        return 2

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    print(f"mock exchange: listening on {server.address}", flush=True)
    try:
        server.serve()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
