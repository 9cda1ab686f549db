"""The generated pages of docs/: rendered from the registries, so that a page and the program cannot disagree."""
