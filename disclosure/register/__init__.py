"""The tamper-evident register of what was published: the arithmetic of its tree, its leaves, its signed notes (ADR 43)."""
