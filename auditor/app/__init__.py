"""The use cases, one file each: they put the families together and are the only place that names them."""
