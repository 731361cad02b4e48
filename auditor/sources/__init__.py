"""Sources bring a capture for a person and never read it; one file each."""
