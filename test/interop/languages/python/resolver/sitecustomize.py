# Python imports it before its program: WeChat's host names lead to the TLS front of the test.

import os
import socket

resolve = socket.getaddrinfo


def getaddrinfo(host, port, *args, **kwargs):
    if host.endswith(".weixin.qq.com"):
        host, port = "127.0.0.1", int(os.environ["WECHAT_EDGE_FRONT"])
    return resolve(host, port, *args, **kwargs)


socket.getaddrinfo = getaddrinfo
