// In the wire manner of wechatpay-apache-httpclient: the file is a stream, so the form goes out chunked,
// and file stands before meta. With "no-boundary" as wechatpay-java on Apache HttpClient: the file has a
// length, and the Content-Type of its own takes the place of the form's.

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.http.Header;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpGet;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.apache.http.entity.mime.HttpMultipartMode;
import org.apache.http.entity.mime.MultipartEntityBuilder;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

public final class ApacheHttp extends Merchant {
  private static final ContentType JPEG = ContentType.create("image/jpeg");

  private final CloseableHttpClient client = HttpClients.createDefault();
  private final boolean noBoundary;

  private ApacheHttp(boolean noBoundary) {
    this.noBoundary = noBoundary;
  }

  public static void main(String[] args) {
    new ApacheHttp(args.length > 0 && args[0].equals("no-boundary")).run();
  }

  @Override
  Reply send(String method, String path, String json, Map<String, String> headers)
      throws IOException {
    HttpUriRequest request;
    if (json == null) {
      request = new HttpGet(url(path));
    } else {
      HttpPost post = new HttpPost(url(path));
      post.setEntity(new StringEntity(json, ContentType.APPLICATION_JSON));
      request = post;
    }
    headers.forEach(request::addHeader);
    return execute(request);
  }

  @Override
  Reply upload(String path, String meta, String name, byte[] file, String authorization)
      throws IOException {
    HttpPost post = new HttpPost(url(path));
    MultipartEntityBuilder form =
        MultipartEntityBuilder.create().setMode(HttpMultipartMode.RFC6532);
    if (noBoundary) {
      form.addTextBody("meta", meta, ContentType.APPLICATION_JSON)
          .addBinaryBody("file", file, JPEG, name);
      post.addHeader("Content-Type", "multipart/form-data");
    } else {
      form.addBinaryBody("file", new ByteArrayInputStream(file), JPEG, name)
          .addTextBody("meta", meta, ContentType.APPLICATION_JSON);
    }
    post.setEntity(form.build());
    post.addHeader("Authorization", authorization);
    post.addHeader("Accept", "application/json");
    post.addHeader("User-Agent", "java by hand");
    return execute(post);
  }

  private Reply execute(HttpUriRequest request) throws IOException {
    try (CloseableHttpResponse response = client.execute(request)) {
      Map<String, String> headers = new LinkedHashMap<>();
      for (Header header : response.getAllHeaders()) {
        headers.put(header.getName(), header.getValue());
      }
      String body = EntityUtils.toString(response.getEntity(), StandardCharsets.UTF_8);
      return new Reply(response.getStatusLine().getStatusCode(), headers, body);
    }
  }
}
