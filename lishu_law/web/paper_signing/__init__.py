"""Papers signed by hand, whichever package they belong to (ADR 53): one table of rows, one screen, one act, one signed copy.

* ``rows``: what a package's own tables are made of; ``paper``: a finished paper with its seats and signatures.
* ``form`` and ``screen``: the signing screen; ``taking``: what the action writes; ``copy``: the signed copy.
"""
