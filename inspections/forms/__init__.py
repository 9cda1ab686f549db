"""Forms shaped like the actions' arguments; they clean shape, never law."""
