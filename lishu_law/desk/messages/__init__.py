"""通知: what the clocks tell whom, and the pages that show it."""
