"""Programs for outsiders: they import nothing of ours and are served as they are."""
