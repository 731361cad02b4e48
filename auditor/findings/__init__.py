"""The life of a finding: tracking, HR's decisions, drift, mass failure, health, counting. Pure."""
