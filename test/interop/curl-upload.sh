#!/usr/bin/env bash
# Uploads a picture or a video to WeChat Pay v3 with curl and openssl, and nothing else.
set -euo pipefail

usage() {
  cat >&2 <<'TEXT'
usage: curl-upload.sh ORIGIN MCHID SERIAL KEY PLATFORM_KEY FILE [PATH]

  ORIGIN        https://api.mch.weixin.qq.com, or where an emulator listens
  MCHID         merchant number
  SERIAL        serial number of the merchant's certificate
  KEY           file with the merchant's private key, PEM
  PLATFORM_KEY  file with WeChat Pay's public key or platform certificate, PEM
  FILE          jpg, jpeg, png or bmp; for a video_upload path a video
  PATH          default: /v3/merchant/media/upload

Where PLATFORM_KEY_ID is set, such as PUB_KEY_ID_…, WeChat Pay is asked to sign with that key.
Prints the reply on success; exit status 1 where WeChat Pay refuses, 3 where its signature is wrong.
TEXT
  exit 2
}

[ $# -eq 6 ] || [ $# -eq 7 ] || usage
origin=$1 mchid=$2 serial=$3 key=$4 platform_key=$5 file=$6 path=${7:-/v3/merchant/media/upload}
clock_tolerance=300 # seconds, as WeChat Pay allows

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The meta: what is signed is what is sent, byte for byte, so both read this file.
escape() { sed -e 's/\\/\\\\/g' -e 's/"/\\"/g'; }
name=$(basename "$file" | escape)
sha256=$(openssl dgst -sha256 -r "$file" | cut -d ' ' -f 1)
printf '{"filename":"%s","sha256":"%s"}' "$name" "$sha256" >"$work/meta"

# The signature: five lines, each ended by a line feed; the meta stands for the body.
timestamp=$(date +%s)
nonce=$(openssl rand -hex 16)
{
  printf 'POST\n%s\n%s\n%s\n' "$path" "$timestamp" "$nonce"
  cat "$work/meta"
  printf '\n'
} >"$work/message"
signature=$(openssl dgst -sha256 -sign "$key" "$work/message" | openssl base64 -A)
authorization="WECHATPAY2-SHA256-RSA2048 mchid=\"$mchid\",nonce_str=\"$nonce\",timestamp=\"$timestamp\",serial_no=\"$serial\",signature=\"$signature\""

# The request: "<" sends meta without a file name, with one it would be taken for a file.
status=$(curl -sS -D "$work/headers" -o "$work/reply" -w '%{http_code}' \
  -H "Authorization: $authorization" \
  ${PLATFORM_KEY_ID:+-H "Wechatpay-Serial: $PLATFORM_KEY_ID"} \
  -F "meta=<$work/meta;type=application/json" \
  -F "file=@\"$(printf '%s' "$file" | escape)\"" \
  "$origin$path")
if [ "$status" != 200 ]; then
  echo "WeChat Pay answered $status: $(cat "$work/reply" 2>/dev/null)" >&2
  exit 1
fi

# The signature of the reply: three lines, made with WeChat Pay's key.
header() { tr -d '\r' <"$work/headers" | grep -i "^$1:" | tail -n 1 | sed 's/^[^:]*: *//' || true; }
refuse() {
  echo "The reply cannot be trusted: $1" >&2
  exit 3
}
signed_at=$(header wechatpay-timestamp)
[ -n "$signed_at" ] || refuse "it is not signed."
age=$((timestamp - signed_at))
[ "${age#-}" -le "$clock_tolerance" ] || refuse "it was signed $age seconds ago."
{
  printf '%s\n%s\n' "$signed_at" "$(header wechatpay-nonce)"
  cat "$work/reply"
  printf '\n'
} >"$work/signed"
header wechatpay-signature | openssl base64 -d -A >"$work/signature"
if grep -q 'BEGIN CERTIFICATE' "$platform_key"; then
  openssl x509 -in "$platform_key" -noout -pubkey >"$work/platform.pem"
else
  cp "$platform_key" "$work/platform.pem"
fi
openssl dgst -sha256 -verify "$work/platform.pem" -signature "$work/signature" "$work/signed" \
  >/dev/null 2>&1 || refuse "its signature does not fit the key in $platform_key."

cat "$work/reply"
echo
