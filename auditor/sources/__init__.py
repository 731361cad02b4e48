"""Sources fetch a capture for a person and never read it; one file each."""
