// Loaded into a process before its program: WeChat's host names lead to the TLS front of the test
// (WECHAT_EDGE_FRONT is its port), and no other name leads anywhere.

const { Socket } = require("node:net");

const port = Number(process.env.WECHAT_EDGE_FRONT);
const isWechat = (host) => /(^|\.)weixin\.qq\.com$/.test(host);
const connect = Reflect.get(Socket.prototype, "connect");

Socket.prototype.connect = function (...args) {
  // net.connect passes its arguments on as one array, tls.connect as they are.
  const [options, callback] = Array.isArray(args[0]) ? args[0] : args;
  const { host } = options;
  if (host === undefined) return connect.apply(this, args);
  const changed = isWechat(host) ? { host: "127.0.0.1", port } : { lookup: fail };
  return connect.call(this, { ...options, ...changed }, ...(callback ? [callback] : []));
};

function fail(host, _options, callback) {
  process.nextTick(callback, new Error(`No address for ${host}`));
}
