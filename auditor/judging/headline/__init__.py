"""Does this headline say what the policy asks for?"""
