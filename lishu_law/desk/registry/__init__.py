"""The registry's pages: parties, vehicles, the search the case forms look things up with."""
