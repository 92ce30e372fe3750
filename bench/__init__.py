"""What Hutong costs, measured beside the peers and the limit. README.md says how to run it."""
