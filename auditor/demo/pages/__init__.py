"""The replica's pages, in the real ones' structure and in words of their own."""
