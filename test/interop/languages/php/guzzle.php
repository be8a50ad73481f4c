<?php

// In the wire manner of wechatpay-php: a multipart stream without a size, which Guzzle sends chunked.
// Settings come from the environment; the last line printed is the report.

declare(strict_types=1);

require '/usr/share/php/GuzzleHttp/autoload.php';

use GuzzleHttp\Client;
use GuzzleHttp\Psr7\FnStream;
use GuzzleHttp\Psr7\MultipartStream;
use GuzzleHttp\Psr7\Utils;
use Psr\Http\Message\ResponseInterface;

function setting(string $name): string
{
    return (string) getenv($name);
}

function authorization(string $method, string $path, string $signed): string
{
    $timestamp = (string) time();
    $nonce = bin2hex(random_bytes(16));
    $message = implode("\n", [$method, $path, $timestamp, $nonce, $signed, '']);
    openssl_sign($message, $signature, setting('PRIVATE_KEY'), OPENSSL_ALGO_SHA256);
    $fields = [
        'mchid' => setting('MCHID'),
        'serial_no' => setting('SERIAL'),
        'timestamp' => $timestamp,
        'nonce_str' => $nonce,
        'signature' => base64_encode($signature),
    ];
    $pairs = array_map(fn ($name, $value) => "$name=\"$value\"", array_keys($fields), $fields);
    return 'WECHATPAY2-SHA256-RSA2048 ' . implode(',', $pairs);
}

/** The body as an array. Throws where the platform certificate did not sign it. */
function read(ResponseInterface $reply): array
{
    $body = (string) $reply->getBody();
    if ($reply->getStatusCode() !== 200) {
        throw new RuntimeException($body);
    }
    $header = fn (string $name) => $reply->getHeaderLine("Wechatpay-$name");
    $message = $header('Timestamp') . "\n" . $header('Nonce') . "\n$body\n";
    $signature = base64_decode($header('Signature'));
    $key = openssl_pkey_get_public(setting('PLATFORM_CERTIFICATE'));
    if (openssl_verify($message, $signature, $key, OPENSSL_ALGO_SHA256) !== 1) {
        throw new RuntimeException('The signature of the reply does not fit.');
    }
    return json_decode($body, true);
}

$client = new Client([
    'base_uri' => setting('ORIGIN'),
    'http_errors' => false,
    'verify' => setting('CA_FILE'),
    'proxy' => '',
    'curl' => [CURLOPT_CONNECT_TO => [setting('CONNECT_TO')]],
    'headers' => ['Accept' => 'application/json', 'User-Agent' => 'guzzle by hand'],
]);

$call = function (string $method, string $path, ?array $json = null, array $headers = []) use ($client): array {
    $body = $json === null ? '' : json_encode($json, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
    $headers['Authorization'] = authorization($method, $path, $body);
    if ($json !== null) {
        $headers['Content-Type'] = 'application/json';
    }
    return read($client->request($method, $path, ['headers' => $headers, 'body' => $body]));
};

$upload = function () use ($client): array {
    $path = setting('UPLOAD_PATH');
    $file = Utils::streamFor(fopen(setting('PICTURE'), 'rb'));
    $name = setting('PICTURE_NAME');
    $meta = json_encode(['filename' => $name, 'sha256' => Utils::hash($file, 'sha256')], JSON_UNESCAPED_UNICODE);
    $form = new MultipartStream([
        ['name' => 'meta', 'contents' => $meta, 'headers' => ['Content-Type' => 'application/json']],
        ['name' => 'file', 'filename' => $name, 'contents' => $file],
    ]);
    $reply = $client->post($path, [
        'headers' => [
            'Authorization' => authorization('POST', $path, $meta),
            'Content-Type' => 'multipart/form-data; boundary=' . $form->getBoundary(),
        ],
        'body' => FnStream::decorate($form, ['getSize' => fn () => null]),
    ]);
    $data = read($reply);
    return ['value' => $data['media_id'], 'verified' => true];
};

$certificates = function () use ($call): array {
    $data = $call('GET', setting('CERTIFICATES_PATH'));
    $serials = array_map(function (array $item): string {
        $sealed = $item['encrypt_certificate'];
        $bytes = base64_decode($sealed['ciphertext']);
        $pem = openssl_decrypt(
            substr($bytes, 0, -16),
            'aes-256-gcm',
            setting('API_V3_KEY'),
            OPENSSL_RAW_DATA,
            $sealed['nonce'],
            substr($bytes, -16),
            $sealed['associated_data']
        );
        return strtoupper(openssl_x509_parse($pem)['serialNumberHex']);
    }, $data['data']);
    return ['value' => implode(',', $serials), 'verified' => true];
};

$submit = function (string $license) use ($call): array {
    openssl_public_encrypt(setting('CONTACT'), $name, setting('PLATFORM_CERTIFICATE'), OPENSSL_PKCS1_OAEP_PADDING);
    $application = [
        'business_code' => setting('BUSINESS_CODE'),
        'contact_info' => ['contact_name' => base64_encode($name)],
        'subject_info' => ['business_license_info' => ['license_copy' => $license]],
    ];
    $headers = ['Wechatpay-Serial' => setting('PLATFORM_SERIAL')];
    $data = $call('POST', setting('APPLYMENT_PATH'), $application, $headers);
    return ['value' => (string) $data['applyment_id'], 'verified' => true];
};

$query = function () use ($call): array {
    $data = $call('GET', setting('QUERY_PATH'));
    return ['value' => $data['contact_info']['contact_name'], 'verified' => true];
};

$open = function (array $result): array {
    openssl_private_decrypt(base64_decode($result['value']), $name, setting('PRIVATE_KEY'), OPENSSL_PKCS1_OAEP_PADDING);
    return ['value' => $name] + $result;
};

function step(callable $run): array
{
    try {
        return $run();
    } catch (Throwable $error) {
        return ['error' => $error->getMessage()];
    }
}

$report = ['upload' => step($upload), 'certificates' => step($certificates)];
$report['submit'] = step(fn () => $submit($report['upload']['value'] ?? ''));
$report['query'] = step(fn () => $open($query()));
$report['tampered'] = step($query);
echo "\n", json_encode($report, JSON_UNESCAPED_UNICODE), "\n";
