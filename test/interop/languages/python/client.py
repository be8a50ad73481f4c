# Three manners of a client in Python: urllib with a form framed by hand, requests as its documents show
# it, and requests with a Content-Type of its own, which then has no boundary, as wechatpayv3 sends it.
# Settings come from the environment; the last line printed is the report.

import base64
import hashlib
import json
import os
import sys
import time
import urllib.request
import uuid

import requests
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

manner = sys.argv[1]
setting = os.environ
private_key = serialization.load_pem_private_key(setting["PRIVATE_KEY"].encode(), None)
platform_key = x509.load_pem_x509_certificate(setting["PLATFORM_CERTIFICATE"].encode()).public_key()
OAEP = padding.OAEP(padding.MGF1(hashes.SHA1()), hashes.SHA1(), None)


def authorization(method, path, signed):
    timestamp, nonce = str(int(time.time())), uuid.uuid4().hex.upper()
    message = "\n".join([method, path, timestamp, nonce, signed, ""]).encode()
    signature = private_key.sign(message, padding.PKCS1v15(), hashes.SHA256())
    fields = {
        "mchid": setting["MCHID"],
        "nonce_str": nonce,
        "signature": base64.b64encode(signature).decode(),
        "timestamp": timestamp,
        "serial_no": setting["SERIAL"],
    }
    pairs = ",".join(f'{name}="{value}"' for name, value in fields.items())
    return f"WECHATPAY2-SHA256-RSA2048 {pairs}"


def read(status, headers, body):
    if status != 200:
        raise RuntimeError(body)
    message = f"{headers['Wechatpay-Timestamp']}\n{headers['Wechatpay-Nonce']}\n{body}\n".encode()
    signature = base64.b64decode(headers["Wechatpay-Signature"])
    platform_key.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    return json.loads(body)


def send(method, path, signed, body, headers):
    """`body` is bytes, or a form: the text of meta and the bytes of the file."""
    url = setting["ORIGIN"] + path
    headers = {
        "Accept": "application/json",
        "User-Agent": "python by hand",
        "Authorization": authorization(method, path, signed),
        **headers,
    }
    if manner == "urllib":
        if isinstance(body, tuple):
            content_type, body = framed(*body)
            headers["Content-Type"] = content_type
        request = urllib.request.Request(url, body or None, headers, method=method)
        try:
            with urllib.request.urlopen(request) as reply:
                return read(reply.status, reply.headers, reply.read().decode())
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()) from error
    if not isinstance(body, tuple):
        reply = requests.request(method, url, data=body, headers=headers)
        return read(reply.status_code, reply.headers, reply.text)
    if manner == "no-boundary":
        headers["Content-Type"] = "multipart/form-data"
    meta, picture = body
    files = [("file", (setting["PICTURE_NAME"], picture, "image/jpeg"))]
    reply = requests.request(method, url, data={"meta": meta}, files=files, headers=headers)
    return read(reply.status_code, reply.headers, reply.text)


def framed(meta, picture):
    boundary = uuid.uuid4().hex
    head = (
        f"--{boundary}\r\n"
        'Content-Disposition: form-data; name="meta"\r\n'
        "Content-Type: application/json\r\n\r\n"
        f"{meta}\r\n"
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="file"; filename="{setting["PICTURE_NAME"]}"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    body = head.encode() + picture + f"\r\n--{boundary}--\r\n".encode()
    return f"multipart/form-data; boundary={boundary}", body


def upload():
    with open(setting["PICTURE"], "rb") as file:
        picture = file.read()
    digest = hashlib.sha256(picture).hexdigest()
    meta = json.dumps({"filename": setting["PICTURE_NAME"], "sha256": digest}, ensure_ascii=False)
    data = send("POST", setting["UPLOAD_PATH"], meta, (meta, picture), {})
    return {"value": data["media_id"], "verified": True}


def certificates():
    data = send("GET", setting["CERTIFICATES_PATH"], "", b"", {})
    serials = []
    for item in data["data"]:
        sealed = item["encrypt_certificate"]
        pem = AESGCM(setting["API_V3_KEY"].encode()).decrypt(
            sealed["nonce"].encode(),
            base64.b64decode(sealed["ciphertext"]),
            sealed["associated_data"].encode(),
        )
        serials.append(f"{x509.load_pem_x509_certificate(pem).serial_number:X}")
    return {"value": ",".join(serials), "verified": True}


def submit(license_copy):
    name = base64.b64encode(platform_key.encrypt(setting["CONTACT"].encode(), OAEP)).decode()
    application = {
        "business_code": setting["BUSINESS_CODE"],
        "contact_info": {"contact_name": name},
        "subject_info": {"business_license_info": {"license_copy": license_copy}},
    }
    body = json.dumps(application)
    headers = {"Content-Type": "application/json", "Wechatpay-Serial": setting["PLATFORM_SERIAL"]}
    data = send("POST", setting["APPLYMENT_PATH"], body, body.encode(), headers)
    return {"value": str(data["applyment_id"]), "verified": True}


def query():
    data = send("GET", setting["QUERY_PATH"], "", b"", {})
    return {"value": data["contact_info"]["contact_name"], "verified": True}


def opened(result):
    name = private_key.decrypt(base64.b64decode(result["value"]), OAEP).decode()
    return {**result, "value": name}


def step(run):
    try:
        return run()
    except Exception as error:
        return {"error": repr(error)}


report = {"upload": step(upload), "certificates": step(certificates)}
report["submit"] = step(lambda: submit(report["upload"].get("value", "")))
report["query"] = step(lambda: opened(query()))
report["tampered"] = step(query)
print("\n" + json.dumps(report))
