// Loaded into a process before its program: WeChat's host names lead to the TLS front of the test
// (WECHAT_EDGE_FRONT is its port), and no other name leads anywhere.

const dns = require("node:dns");
const { Socket } = require("node:net");

const port = Number(process.env.WECHAT_EDGE_FRONT);
const isWechat = (host) => /(^|\.)weixin\.qq\.com$/.test(host);
const { connect } = Socket.prototype;

Socket.prototype.connect = function (...args) {
  // net.connect passes its arguments on as one array, tls.connect as they are.
  const [first] = args;
  const options = Array.isArray(first) ? first[0] : first;
  if (typeof options !== "object" || options.host === undefined || !isWechat(options.host)) {
    return connect.apply(this, args);
  }
  const callback = Array.isArray(first) ? first[1] : args[1];
  return connect.call(this, { ...options, port }, ...(callback ? [callback] : []));
};

dns.lookup = (host, options, callback = options) => {
  const found = isWechat(host) || host === "127.0.0.1";
  const error = found
    ? null
    : Object.assign(new Error(`No address for ${host}`), { code: "ENOTFOUND" });
  const all = typeof options === "object" && options.all;
  const address = all ? [{ address: "127.0.0.1", family: 4 }] : "127.0.0.1";
  process.nextTick(callback, error, ...(found ? (all ? [address] : [address, 4]) : []));
};
