import { TimeoutError } from "@wechat-edge/core";
import { describe, expect, it, vi } from "vitest";
import { describeError } from "../src/errors.ts";

describe("describeError", () => {
  it("answers 504 if WeChat Pay took too long", () => {
    const { status, error } = describeError(new TimeoutError("No complete reply came."));
    expect(status).toBe(504);
    expect(error.code).toBe("ERR_TIMEOUT");
  });

  it("logs an error of an unknown kind and does not send it", () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const answer = describeError(new TypeError("secret-in-a-message"));
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer)).not.toContain("secret-in-a-message");
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});
