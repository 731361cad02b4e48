"""The member's page: what a person sees who opens their personal link. Thin: it calls the use cases of `app`.

It belongs to the optional extra `member`; nothing else imports it.
"""
