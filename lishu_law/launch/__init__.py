"""The launcher behind ``./lishu``: prepares a machine, starts and stops what the system needs. Standard library only.

It runs before anything is installed, so it imports nothing but the standard library and its own modules.
"""
