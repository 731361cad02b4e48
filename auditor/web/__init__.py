"""The desk: pages that HR opens in a browser on this machine. Thin: each calls the use cases of `app`.

Everything here belongs to the optional extra `desk`; nothing else imports it.
"""
