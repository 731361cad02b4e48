"""The words of the audit as frozen values; pure, standard library only."""
