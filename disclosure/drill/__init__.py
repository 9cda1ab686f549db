"""The drill of the exchange: real workers, the real mock process, faults, kills and an outage on a scratch database."""
