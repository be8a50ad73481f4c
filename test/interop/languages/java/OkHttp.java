// In the wire manner of wechatpay-java on OkHttp: with "text" as its older releases, where meta is a text
// field without a Content-Type and each part has a length; else as today's, whose parts have none.

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSink;

public final class OkHttp extends Merchant {
  private static final MediaType JSON = MediaType.parse("application/json");
  private static final MediaType JPEG = MediaType.parse("image/jpeg");

  private final OkHttpClient client = new OkHttpClient();
  private final boolean asText;

  private OkHttp(boolean asText) {
    this.asText = asText;
  }

  public static void main(String[] args) {
    new OkHttp(args.length > 0 && args[0].equals("text")).run();
  }

  @Override
  Reply send(String method, String path, String json, Map<String, String> headers)
      throws IOException {
    RequestBody body = json == null ? null : RequestBody.create(JSON, json);
    return execute(
        new Request.Builder().url(url(path)).headers(Headers.of(headers)).method(method, body));
  }

  @Override
  Reply upload(String path, String meta, String name, byte[] file, String authorization)
      throws IOException {
    MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
    if (asText) {
      form.addFormDataPart("meta", meta)
          .addFormDataPart("file", name, RequestBody.create(JPEG, file));
    } else {
      form.addFormDataPart("meta", null, unmeasured(RequestBody.create(JSON, meta)))
          .addFormDataPart("file", name, unmeasured(RequestBody.create(JPEG, file)));
    }
    return execute(
        new Request.Builder()
            .url(url(path))
            .addHeader("Authorization", authorization)
            .addHeader("Accept", "application/json")
            .addHeader("Content-Type", "multipart/form-data")
            .addHeader("User-Agent", "java by hand")
            .post(measured(form.build())));
  }

  private Reply execute(Request.Builder request) throws IOException {
    try (Response response = client.newCall(request.build()).execute()) {
      Map<String, String> headers = new LinkedHashMap<>();
      Headers came = response.headers();
      for (int at = 0; at < came.size(); at++) headers.put(came.name(at), came.value(at));
      return new Reply(response.code(), headers, response.body().string());
    }
  }

  /** A part without Content-Length. */
  private static RequestBody unmeasured(RequestBody body) {
    return new RequestBody() {
      @Override
      public MediaType contentType() {
        return body.contentType();
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        body.writeTo(sink);
      }
    };
  }

  /** A form with its length, although its parts have none. */
  private static RequestBody measured(RequestBody form) throws IOException {
    Buffer buffer = new Buffer();
    form.writeTo(buffer);
    return RequestBody.create(form.contentType(), buffer.readByteArray());
  }
}
