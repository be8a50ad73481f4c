/** The text at `GET /`: how to call the Worker. */
export function usage(origin: string): string {
  return `Uploads pictures and videos to WeChat Pay.

POST ${origin}/images?name=licence.jpg    JPG, PNG or BMP, up to 5 MiB
POST ${origin}/videos?name=clip.mp4       AVI, WMV, MPEG, MP4, MOV, MKV, FLV, F4V, M4V or RMVB, up to 5 MiB

The body is the file itself. Headers:

Authorization   Bearer <token>
Content-Length  the file's length in bytes
Content-Digest  sha-256=:<base64>:   optional; the file is then passed on while it arrives

POST ${origin}/notify/pay is for WeChat Pay: the notify_url of its notifications.

Answer: { "media_id": "…" }, or { "error": { "code", "message", … } }.

curl --data-binary @licence.jpg -H 'Authorization: Bearer <token>' '${origin}/images?name=licence.jpg'
`;
}
