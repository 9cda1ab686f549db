"""What ``manage bench`` measures: one module per subject, each against a floor measured in the same run."""
