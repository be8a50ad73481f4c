import { describe, expect, it } from "vitest";
import { isReadingCall, isRepeatable } from "../../src/mp/reading-call.ts";

const READING = [
  "/cgi-bin/material/batchget_material",
  "/cgi-bin/material/get_material",
  "/cgi-bin/material/get_materialcount",
  "/cgi-bin/draft/get",
  "/cgi-bin/draft/batchget",
  "/cgi-bin/draft/count",
  "/cgi-bin/freepublish/get",
  "/cgi-bin/freepublish/getarticle",
  "/cgi-bin/freepublish/batchget",
  "/cgi-bin/publish/query",
  "/cgi-bin/comment/list",
  "/cgi-bin/user/info/batchget",
  "/cgi-bin/user/tag/get",
  "/cgi-bin/tags/getidlist",
  "/cgi-bin/tags/members/getblacklist",
  "/cgi-bin/groups/getid",
  "/cgi-bin/message/mass/get",
  "/cgi-bin/message/mass/speed/get",
  "/cgi-bin/menu/trymatch",
  "/cgi-bin/openapi/quota/get",
  "/cgi-bin/openapi/rid/get",
  "/cgi-bin/callback/check",
  "/cgi-bin/shorten/fetch",
  "/cgi-bin/poi/getpoilist",
  "/cgi-bin/media/voice/queryrecoresultfortext",
  "/cgi-bin/component/api_get_authorizer_info",
  "/customservice/msgrecord/getmsglist",
  "/datacube/getusersummary",
  "/datacube/getarticletotal",
  "/datacube/publisher_adpos_general",
  "/card/get",
  "/card/batchget",
  "/card/code/get",
  "/card/code/checkcode",
  "/card/user/getcardlist",
  "/shakearound/device/search",
  "/semantic/semproxy/search",
  "/wxa/queryurllink",
  "/card/getapplyprotocol",
  "/card/mpnews/gethtml",
  "/card/membercard/userinfo/get",
  "/channels/ec/order/list/get",
  "/channels/ec/order/search",
  "/channels/ec/coupon/get_list",
  "/cgi-bin/express/business/delivery/getall",
  "/cgi-bin/express/intracity/balancequery",
  "/cgi-bin/mch/customs/customdeclarequery",
  "/cgi-bin/guide/getguideacctlist",
  "/cgi-bin/wxverify/checkwxverifynickname",
  "/customservice/kfsession/getwaitcase",
  "/product/register/check_audit_status",
  "/shop/ecaftersale/get_list",
  "/wxa/book/listchapter",
  "/wxa/getwxadevinfo",
  "/wxa/sec/order/is_trade_managed",
  "/wxa/sec/vod/listmedia",
  "/wxaapi/newtmpl/getpubtemplatetitles",
] as const;

const CHANGING = [
  "/cgi-bin/clear_quota",
  "/cgi-bin/clear_quota/v2",
  "/cgi-bin/openapi/quota/clear",
  "/cgi-bin/stable_token",
  "/cgi-bin/component/api_authorizer_token",
  "/cgi-bin/component/api_create_preauthcode",
  "/cgi-bin/component/api_query_auth",
  "/cgi-bin/draft/add",
  "/cgi-bin/draft/update",
  "/cgi-bin/draft/delete",
  "/cgi-bin/draft/switch",
  "/cgi-bin/freepublish/submit",
  "/cgi-bin/freepublish/delete",
  "/cgi-bin/material/add_material",
  "/cgi-bin/material/del_material",
  "/cgi-bin/message/custom/send",
  "/cgi-bin/message/mass/sendall",
  "/cgi-bin/message/mass/preview",
  "/cgi-bin/message/mass/delete",
  "/cgi-bin/message/mass/speed/set",
  "/cgi-bin/message/template/send",
  "/cgi-bin/menu/create",
  "/cgi-bin/menu/addconditional",
  "/cgi-bin/comment/open",
  "/cgi-bin/comment/markelect",
  "/cgi-bin/comment/reply/add",
  "/cgi-bin/tags/create",
  "/cgi-bin/tags/members/batchtagging",
  "/cgi-bin/tags/members/batchblacklist",
  "/cgi-bin/user/info/updateremark",
  "/cgi-bin/qrcode/create",
  "/cgi-bin/shorten/gen",
  "/cgi-bin/media/uploadimg",
  "/cgi-bin/media/voice/addvoicetorecofortext",
  "/card/code/consume",
  "/card/boardingpass/checkin",
  "/card/invoice/getauthurl",
  "/device/getqrcode",
  "/wxa/business/getuserphonenumber",
  "/wxa/getpluginopenpid",
  "/wxa/getwxacodeunlimit",
  "/wxa/fetchdatasetting",
  "/wxa/media_check_async",
  "/cgi-bin/ticket/getticket",
  "/cgi-bin/component/api_start_push_ticket",
  "/channels/ec/order/virtualtelnumber/get",
  "/channels/ec/product/listing",
  "/shop/spu/listing",
  "/shop/order/getpaymentparams",
  "/product/order/getpaymentparams",
  "/intp/realname/checkrealnameinfo",
  "/scan/product/getqrcode",
  "/wxaapi/broadcast/room/getSharedCode",
  "/wxa/getUserPhoneNumber",
  "/tcb/getqcloudtoken",
  "/redpacketcover/wxapp/cover_url/get_by_token",
] as const;

describe("a POST by its path", () => {
  it.each(READING)("%s only reads", (path) => {
    expect(isReadingCall(path)).toBe(true);
  });

  it.each(CHANGING)("%s may change something", (path) => {
    expect(isReadingCall(path)).toBe(false);
  });

  it("is judged by its action, if several calls share the path", () => {
    const path = "/cgi-bin/material/upload_video";
    expect(isReadingCall(path, { action: "query_status" })).toBe(true);
    for (const action of ["init_upload", "upload_block", "upload_finish", "save_video"]) {
      expect(isReadingCall(path, { action })).toBe(false);
    }
    const invoice = "/card/invoice/setbizattr";
    expect(isReadingCall(invoice, { action: "get_contact" })).toBe(true);
    expect(isReadingCall(invoice, { action: "set_contact" })).toBe(false);
    // The action decides alone: a path that sounds like reading does not help it.
    expect(isReadingCall("/wxa/query", { action: "create" })).toBe(false);
  });

  it("of draft/switch reads with checkonly=1 alone", () => {
    const path = "/cgi-bin/draft/switch";
    expect(isReadingCall(path, { checkonly: 1 })).toBe(true);
    expect(isReadingCall(path, { checkonly: "1" })).toBe(true);
    for (const checkonly of [0, "0", "", undefined, true]) {
      expect(isReadingCall(path, { checkonly })).toBe(false);
    }
  });

  it("is judged by its last part, not by the parts before", () => {
    expect(isReadingCall("/get/query/list/add")).toBe(false);
    expect(isReadingCall("/cgi-bin/budget")).toBe(false);
    expect(isReadingCall("/cgi-bin/target/get")).toBe(true);
    expect(isReadingCall("/other/datacube/set")).toBe(false);
  });
});

describe("a GET by its path", () => {
  it.each([
    "/cgi-bin/menu/get",
    "/cgi-bin/material/get_materialcount",
    "/cgi-bin/express/delivery",
    "/card/deliverylist",
    "/sns/userinfo",
    "/sns/oauth2/refresh_token",
    "/wxa/get_latest_auditstatus",
  ])("%s may be repeated", (path) => {
    expect(isRepeatable("GET", path)).toBe(true);
  });

  it.each([
    "/cgi-bin/menu/delete",
    "/customservice/kfaccount/del",
    "/wxa/undocodeaudit",
    "/wxa/revertcoderelease",
    "/wxa/revertgrayrelease",
    "/wxa/resetusersessionkey",
    "/sns/jscode2session",
    "/sns/component/jscode2session",
    "/sns/oauth2/access_token",
    "/sns/oauth2/component/access_token",
  ])("%s may change something", (path) => {
    expect(isRepeatable("GET", path)).toBe(false);
  });

  it("does not help a POST of that path", () => {
    expect(isRepeatable("POST", "/cgi-bin/menu/create")).toBe(false);
    expect(isRepeatable("POST", "/cgi-bin/draft/get")).toBe(true);
  });
});
