"""The loads: what a target is made to do, and what of it is counted."""
