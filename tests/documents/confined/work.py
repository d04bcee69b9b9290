"""Work for the child process that ends by nothing but its limits."""

import os
import socket
import subprocess
import time


def echo(payload):
    return payload


def spin(payload):
    while True:
        pass


def sleep(payload):
    time.sleep(60)


def swell(payload):
    return b"x" * 1_000_000_000


def write(payload):
    with open(payload.decode(), "wb") as file:
        file.write(b"x" * 100_000)
        file.flush()


def start(payload):
    return subprocess.run(["true"], check=True, capture_output=True).stdout


def fork(payload):
    return str(os.fork()).encode()


def connect(payload):
    return str(socket.create_connection(("127.0.0.1", 9))).encode()


def environment(payload):
    return repr(dict(os.environ)).encode()
