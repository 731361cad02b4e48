"""The proof: invented companies whose truth is known, and how far an audit of them was right.

A person is drawn from four hand-written tables (`names`, `headlines`, `careers`, `banners`), gets one kind
of evidence (`doors`) in one condition, and `truth` says what a right audit concludes. Nothing here reads
what the program's own judges say.
"""
