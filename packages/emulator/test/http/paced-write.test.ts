import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { writePaced } from "../../src/http/paced-write.ts";

/** Takes one chunk, then is full. */
class FullSink extends EventEmitter {
  destroyed = false;
  chunks: Uint8Array[] = [];
  write(chunk: Uint8Array): boolean {
    this.chunks.push(chunk);
    return false;
  }
}

function source(chunks: number) {
  const asked = { made: 0, cancelled: false };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        asked.made += 1;
        if (asked.made > chunks) controller.close();
        else controller.enqueue(new Uint8Array(10));
      },
      cancel() {
        asked.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, asked };
}

const soon = () => new Promise((resolve) => setImmediate(resolve));

describe("a body that is written no faster than it is taken", () => {
  it("waits for each drain", async () => {
    const sink = new FullSink();
    const { stream, asked } = source(3);
    const sent: number[] = [];
    const written = writePaced(stream, Infinity, sink, (bytes) => sent.push(bytes));
    for (const made of [1, 2, 3]) {
      await soon();
      expect([asked.made, sink.chunks.length, sent.length]).toEqual([made, made, made]);
      sink.emit("drain");
    }
    expect(await written).toBe(30);
    expect(sink.listenerCount("drain") + sink.listenerCount("close")).toBe(0);
  });

  it("ends, and lets go of the rest, when the socket closes meanwhile", async () => {
    const sink = new FullSink();
    const { stream, asked } = source(3);
    const written = writePaced(stream, Infinity, sink);
    await soon();
    sink.destroyed = true;
    sink.emit("close");
    expect(await written).toBe(10);
    expect(asked).toEqual({ made: 1, cancelled: true });
  });

  it("writes up to the limit", async () => {
    const sink = new FullSink();
    sink.write = (chunk) => sink.chunks.push(chunk) > 0;
    const { stream, asked } = source(3);
    expect(await writePaced(stream, 15, sink)).toBe(15);
    expect(sink.chunks.map(({ length }) => length)).toEqual([10, 5]);
    expect(asked).toEqual({ made: 2, cancelled: true });
  });

  it("writes nothing where there is no body", async () => {
    expect(await writePaced(null, Infinity, new FullSink())).toBe(0);
  });
});
