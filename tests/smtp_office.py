"""A mail server that takes mails, refuses them, or falls silent after one: SMTP on loopback."""

import email
import email.policy
import socketserver
import threading


class SmtpOffice:
    """Takes mails like the server of an office; a context manager.

    :ivar list mails: what was taken, or read before it fell silent.
    :ivar str mode: ``take``, ``refuse`` (the address) or ``drop`` (no answer to the mail).
    """

    def __init__(self):
        self.mails, self.mode = [], "take"

    def __enter__(self):
        office = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                office._serve(self)

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_raised):
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, handler):
        def say(text):
            handler.wfile.write(f"{text}\r\n".encode())

        say("220 office")
        while line := handler.rfile.readline():
            command = line.split()[0].upper() if line.split() else b""
            if command == b"QUIT":
                return say("221 bye")
            if command == b"RCPT" and self.mode == "refuse":
                say("550 no such inbox")
            elif command == b"DATA":
                say("354 go on")
                self.mails.append(self._read(handler))
                if self.mode == "drop":
                    return None
                say("250 taken")
            else:
                say("250 ok")
        return None

    @staticmethod
    def _read(handler):
        lines = []
        while (line := handler.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return email.message_from_bytes(b"".join(lines), policy=email.policy.default)
