"""What a visit keeps from run to run: what it looks at, its language, whose claims count."""
