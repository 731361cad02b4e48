"""The pages of the desk, one file each; found by discovery."""
