"""When to try again: a pure function of attempts and time (standards/feed_api.md §9)."""
