"""From claims to events: which claims mean one thing, who wins, what is fought for or besieged."""
