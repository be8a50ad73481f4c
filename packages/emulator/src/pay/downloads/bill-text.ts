// The columns are documented; the payments are made up, the same for every request of a day.

const APPID = "wxd678efh567hg6787";

const TRADE_COLUMNS =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
const TRADE_TOTALS =
  "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
const FLOW_COLUMNS =
  "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额（元）,账户结余（元）,资金变更提交申请人,备注,业务凭证号";
const FLOW_TOTALS = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";

interface Payment {
  time: string;
  number: string;
  /** In fen. */
  amount: number;
  refunded: boolean;
}

/** Three to nine payments; the last of them is refunded. */
function paymentsOf(date: string): Payment[] {
  const digits = date.replaceAll("-", "");
  const count = 3 + (Number(digits) % 7);
  return Array.from({ length: count }, (_, at) => ({
    time: `${date} ${String(9 + at).padStart(2, "0")}:30:15`,
    number: `${digits}${String(at + 1).padStart(6, "0")}`,
    amount: 1990 + 500 * at,
    refunded: at === count - 1,
  }));
}

const yuan = (fen: number): string => (fen / 100).toFixed(2);
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
/** With the backtick before each field that keeps spreadsheets from changing numbers. */
const row = (cells: readonly (string | number)[]): string =>
  cells.map((cell) => `\`${cell}`).join(",");
const lines = (all: readonly string[]): string => `\ufeff${all.join("\r\n")}\r\n`;

function tradeRow({ time, number, amount }: Payment, mchid: string, refund: boolean): string {
  const refunded = refund ? yuan(amount) : "0.00";
  const paid = refund ? "0.00" : yuan(amount);
  return row([
    ...[
      time,
      APPID,
      mchid,
      0,
      "",
      `4200000${number}`,
      `S${number}`,
      "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o",
    ],
    ...["JSAPI", refund ? "REFUND" : "SUCCESS", "OTHERS", "CNY", paid, "0.00"],
    ...[refund ? `5030000${number}` : 0, refund ? `R${number}` : 0, refunded, "0.00"],
    ...[refund ? "ORIGINAL" : "", refund ? "SUCCESS" : "", "测试商品", "", "0.00000", "0.60%"],
    ...[paid, refunded, ""],
  ]);
}

/** The trade bill of a day, or undefined if nothing of that type happened. */
export function tradeBill(date: string, type: string, mchid: string): string | undefined {
  const all = paymentsOf(date);
  const paid = ["ALL", "SUCCESS"].includes(type) ? all : [];
  const refunds = ["ALL", "REFUND"].includes(type) ? all.filter(({ refunded }) => refunded) : [];
  if (paid.length + refunds.length === 0) return undefined;
  const income = yuan(sum(paid.map(({ amount }) => amount)));
  const back = yuan(sum(refunds.map(({ amount }) => amount)));
  return lines([
    TRADE_COLUMNS,
    ...paid.map((payment) => tradeRow(payment, mchid, false)),
    ...refunds.map((payment) => tradeRow(payment, mchid, true)),
    TRADE_TOTALS,
    row([paid.length + refunds.length, income, back, "0.00", "0.00000", income, back]),
  ]);
}

/** The fund flow of a day in the basic account; the others have none. */
export function fundFlowBill(date: string, account: string, mchid: string): string | undefined {
  if (account !== "BASIC") return undefined;
  let balance = 100_000;
  const payments = paymentsOf(date);
  const refunds = payments.filter(({ refunded }) => refunded);
  const flow = ({ time, number, amount }: Payment, refund: boolean): string => {
    balance += refund ? -amount : amount;
    return row([
      ...[time, `4200000${number}`, `1000${number}`, refund ? "退款" : "交易"],
      ...[refund ? "退款" : "交易", refund ? "支出" : "收入", yuan(amount), yuan(balance)],
      ...[mchid, "", `S${number}`],
    ]);
  };
  return lines([
    FLOW_COLUMNS,
    ...payments.map((payment) => flow(payment, false)),
    ...refunds.map((payment) => flow(payment, true)),
    FLOW_TOTALS,
    row([
      ...[payments.length + refunds.length, payments.length],
      ...[yuan(sum(payments.map(({ amount }) => amount))), refunds.length],
      yuan(sum(refunds.map(({ amount }) => amount))),
    ]),
  ]);
}
