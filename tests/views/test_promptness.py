"""Answers leave the server at once."""

from __future__ import annotations

import socket

from views.screen.session.promptness import answer_at_once


def waits(connection: socket.socket) -> bool:
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0


def test_neither_old_nor_new_connections_of_an_open_server_wait():
    with socket.socket(socket.AF_INET) as server:  # without its protocol, as Streamlit opens it
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection(server.getsockname()), server.accept()[0] as old:
            assert waits(old)
            answer_at_once.clear()
            answer_at_once()
            assert not waits(old)
        with socket.create_connection(server.getsockname()), server.accept()[0] as new:
            assert not waits(new)
