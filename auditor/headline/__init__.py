"""The headline judge: whose words, what they say, in which tense. Pure."""
