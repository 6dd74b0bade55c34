"""Answers leave the server at once.

Streamlit 1.67 opens its socket so that asyncio does not take it for one of TCP and leaves Nagle's algorithm on: the end of nearly every
file waits until the browser has acknowledged its beginning, which browsers delay by 40 ms. A first visit asks for some 150 files.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from pathlib import Path

import streamlit as st

DESCRIPTORS = Path("/dev/fd")


@st.cache_resource(show_spinner=False)
def answer_at_once() -> None:
    """Turn the waiting off for every TCP socket of this process, for the one that listens and so for all connections to come.

    Once a process; where the system does not list open files, nothing happens.
    """
    for entry in DESCRIPTORS.iterdir() if DESCRIPTORS.is_dir() else ():
        with contextlib.suppress(OSError):  # closed meanwhile
            number = int(entry.name)
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                with socket.socket(fileno=os.dup(number)) as opened:
                    if opened.family in (socket.AF_INET, socket.AF_INET6) and opened.type == socket.SOCK_STREAM:
                        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
