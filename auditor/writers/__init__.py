"""Writers put documents into files; one file each."""
