"""The program that travels with an archive: it imports nothing of ours and is handed out as it is."""
