"""A mock of the national "互联网+监管" exchange: a process of its own with its own SQLite file, importing nothing of ours.

Started by `python -m disclosure.mock_feed [--host H] [--port N]`. Its behaviour is the exchange contract v1; its
settings are the MOCK_* variables that `settings.py` lists. A request passes `wire` (HTTP), `gate` (signature and the
checks around it), `exchange` (route, fault switches, one transaction), then `posting` and `intake` or `reading`;
`pages` shows what is held, `controls` sets the fault switches.
"""
