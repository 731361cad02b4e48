"""Is this our current banner, and if not, which one is it?"""
