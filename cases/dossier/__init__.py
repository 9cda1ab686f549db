"""The dossier 案卷: its order in law, its bound volumes, and the archive that leaves the house (处罚法47)."""
