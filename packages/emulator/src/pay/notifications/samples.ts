/** What a notification says, apart from what differs each time. */
interface Sample {
  summary: string;
  originalType: string;
  resource(mchid: string, time: string): object;
}

const ORDER = {
  out_trade_no: "1217752501201407033233368018",
  transaction_id: "4200000985202103031441826014",
};
const OPENID = "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o";

/** Documented, with made-up values; the original type of a transfer is reported. */
export const samples: Readonly<Record<string, Sample>> = {
  "TRANSACTION.SUCCESS": {
    summary: "支付成功",
    originalType: "transaction",
    resource: (mchid, time) => ({
      mchid,
      appid: "wxd678efh567hg6787",
      ...ORDER,
      trade_type: "JSAPI",
      trade_state: "SUCCESS",
      trade_state_desc: "支付成功",
      bank_type: "OTHERS",
      attach: "",
      success_time: time,
      payer: { openid: OPENID },
      amount: { total: 100, payer_total: 100, currency: "CNY", payer_currency: "CNY" },
    }),
  },
  "REFUND.SUCCESS": {
    summary: "退款成功",
    originalType: "refund",
    resource: (mchid, time) => ({
      mchid,
      ...ORDER,
      out_refund_no: "1217752501201407033233368019",
      refund_id: "50000000382019052709732678859",
      refund_status: "SUCCESS",
      success_time: time,
      user_received_account: "支付用户零钱",
      amount: { total: 100, refund: 100, payer_total: 100, payer_refund: 100 },
    }),
  },
  "MCHTRANSFER.BILL.FINISHED": {
    summary: "商家转账单据终态通知",
    originalType: "mch_payment",
    resource: (mchid, time) => ({
      out_bill_no: "plfk2020042013",
      transfer_bill_no: "1330000071100999991182020050700019480001",
      state: "SUCCESS",
      mch_id: mchid,
      transfer_amount: 2000,
      openid: OPENID,
      fail_reason: "",
      create_time: time,
      update_time: time,
    }),
  },
  "COMPLAINT.CREATE": {
    summary: "产生新投诉",
    originalType: "complaint",
    resource: () => ({
      complaint_id: "200201820200101080076610000",
      action_type: "CREATE_COMPLAINT",
    }),
  },
};
