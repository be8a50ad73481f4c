// What every manner of a client in Java does alike. Settings come from the environment; the last line
// printed is the report.

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

abstract class Merchant {
  /** Headers as they came: names are looked up by case, as the official client does. */
  record Reply(int status, Map<String, String> headers, String body) {}

  interface Step {
    String run() throws Exception;
  }

  abstract Reply send(String method, String path, String json, Map<String, String> headers)
      throws Exception;

  abstract Reply upload(String path, String meta, String name, byte[] file, String authorization)
      throws Exception;

  static String setting(String name) {
    return System.getenv(name);
  }

  static String url(String path) {
    return setting("ORIGIN") + path;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static PrivateKey privateKey() throws Exception {
    String base64 = setting("PRIVATE_KEY").replaceAll("-----.*?-----|\\s", "");
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  static X509Certificate certificate(String pem) throws Exception {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return (X509Certificate)
        factory.generateCertificate(new java.io.ByteArrayInputStream(bytes(pem)));
  }

  static String authorization(String method, String path, String signed) throws Exception {
    String timestamp = String.valueOf(System.currentTimeMillis() / 1000);
    String nonce = UUID.randomUUID().toString().replace("-", "");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(privateKey());
    String message = String.join("\n", method, path, timestamp, nonce, signed, "");
    signature.update(bytes(message));
    return String.format(
        "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",timestamp=\"%s\",serial_no=\"%s\",signature=\"%s\"",
        setting("MCHID"),
        nonce,
        timestamp,
        setting("SERIAL"),
        Base64.getEncoder().encodeToString(signature.sign()));
  }

  static boolean isSigned(Reply reply) throws Exception {
    Map<String, String> headers = reply.headers();
    for (String name : new String[] {"Request-ID", "Wechatpay-Serial", "Wechatpay-Timestamp"}) {
      if (headers.get(name) == null) throw new IllegalStateException("No header " + name);
    }
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(certificate(setting("PLATFORM_CERTIFICATE")));
    String timestamp = headers.get("Wechatpay-Timestamp");
    String nonce = headers.get("Wechatpay-Nonce");
    signature.update(bytes(timestamp + "\n" + nonce + "\n" + reply.body() + "\n"));
    return signature.verify(Base64.getDecoder().decode(headers.get("Wechatpay-Signature")));
  }

  /** The value of a field, wherever it stands. */
  static String field(String json, String name) {
    Matcher found = Pattern.compile("\"" + name + "\":\\s*\"?([^\",}]*)").matcher(json);
    if (!found.find()) throw new IllegalStateException("No " + name + " in " + json);
    return found.group(1).replace("\\/", "/");
  }

  static String read(Reply reply, String name) throws Exception {
    if (reply.status() != 200) throw new IllegalStateException(reply.body());
    if (!isSigned(reply)) throw new IllegalStateException("The signature does not fit");
    return field(reply.body(), name);
  }

  String upload() throws Exception {
    byte[] file = Files.readAllBytes(Path.of(setting("PICTURE")));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(file);
    String sha256 = String.format("%064x", new java.math.BigInteger(1, digest));
    String name = setting("PICTURE_NAME");
    String meta = String.format("{\"filename\":\"%s\",\"sha256\":\"%s\"}", name, sha256);
    String path = setting("UPLOAD_PATH");
    return read(upload(path, meta, name, file, authorization("POST", path, meta)), "media_id");
  }

  String call(String method, String path, String json, String serial, String name)
      throws Exception {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", authorization(method, path, json == null ? "" : json));
    headers.put("Accept", "application/json");
    headers.put("User-Agent", "java by hand");
    if (serial != null) headers.put("Wechatpay-Serial", serial);
    return read(send(method, path, json, headers), name);
  }

  String certificates() throws Exception {
    String path = setting("CERTIFICATES_PATH");
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", authorization("GET", path, ""));
    headers.put("Accept", "application/json");
    headers.put("User-Agent", "java by hand");
    Reply reply = send("GET", path, null, headers);
    String listed = read(reply, "ciphertext");
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(bytes(setting("API_V3_KEY")), "AES"),
        new GCMParameterSpec(128, bytes(field(reply.body(), "nonce"))));
    cipher.updateAAD(bytes(field(reply.body(), "associated_data")));
    byte[] pem = cipher.doFinal(Base64.getDecoder().decode(listed));
    String serial =
        certificate(new String(pem, StandardCharsets.UTF_8)).getSerialNumber().toString(16);
    return serial.toUpperCase();
  }

  String submit(String license) throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    cipher.init(
        Cipher.ENCRYPT_MODE, certificate(setting("PLATFORM_CERTIFICATE")).getPublicKey());
    String name = Base64.getEncoder().encodeToString(cipher.doFinal(bytes(setting("CONTACT"))));
    String json =
        String.format(
            "{\"business_code\":\"%s\",\"contact_info\":{\"contact_name\":\"%s\"},\"subject_info\":{\"business_license_info\":{\"license_copy\":\"%s\"}}}",
            setting("BUSINESS_CODE"), name, license);
    String path = setting("APPLYMENT_PATH");
    return call("POST", path, json, setting("PLATFORM_SERIAL"), "applyment_id");
  }

  String query() throws Exception {
    return call("GET", setting("QUERY_PATH"), null, null, "contact_name");
  }

  String opened(String result) throws Exception {
    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    cipher.init(Cipher.DECRYPT_MODE, privateKey());
    byte[] name = cipher.doFinal(Base64.getDecoder().decode(result));
    return new String(name, StandardCharsets.UTF_8);
  }

  private final StringBuilder report = new StringBuilder();

  private String step(String name, Step step) {
    report.append(report.length() == 0 ? "{" : ",").append('"').append(name).append("\":");
    try {
      String result = step.run();
      report.append(String.format("{\"value\":\"%s\",\"verified\":true}", result));
      return result;
    } catch (Exception error) {
      String message = String.valueOf(error).replace("\\", "\\\\").replace("\"", "\\\"");
      report.append("{\"error\":\"").append(message.replaceAll("\\s+", " ")).append("\"}");
      return "";
    }
  }

  void run() {
    String uploaded = step("upload", this::upload);
    step("certificates", this::certificates);
    step("submit", () -> submit(uploaded));
    step("query", () -> opened(query()));
    step("tampered", this::query);
    byte[] printed = bytes("\n" + report + "}\n");
    System.out.write(printed, 0, printed.length);
    System.out.flush();
    // OkHttp's threads would live on for a minute.
    System.exit(0);
  }
}
