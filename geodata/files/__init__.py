"""Files in and out: the guard in front of what comes from outside, and the formats we write."""
