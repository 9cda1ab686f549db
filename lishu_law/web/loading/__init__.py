"""Loading tables from files: one pass that finds every fault by row and column, then the same pass that writes.

``sheets`` reads, ``columns`` says what a column may hold, ``register`` is what a table has to say about itself,
``orders`` are the acts of people, ``work`` drives a load through its states in the background.
"""
