"""The rules; one file each, named by its id."""
