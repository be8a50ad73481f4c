import { temporaryFolder, writeVideo } from "./big-file.ts";
import { buildClient, uploadIn, type VideoRuntime } from "./video-runtimes.ts";
import { faultsOf, startSink, takeReport } from "./video-sink.ts";

const SIZE = 4 * 1024 * 1024 + 12_345;

/** What is wrong with a small upload of that runtime: digests, lengths, order. Nothing is measured. */
export async function checkRuntime(runtime: VideoRuntime): Promise<string[]> {
  const folder = temporaryFolder();
  const sink = await startSink();
  try {
    const file = await writeVideo(folder.path, SIZE);
    const client = await buildClient(folder.path);
    const faults: string[] = [];
    for (const concurrency of [1, 4]) {
      const baseUrl = `${sink.origin}/digests`;
      await uploadIn(runtime, client, { baseUrl, path: file.path, concurrency });
      const report = await takeReport(sink.origin);
      const order = (report.videos[0]?.blocks ?? []).map(({ part_num }) => part_num);
      const found = faultsOf(report, file);
      if (concurrency === 1 && order.join() !== "1,2,3,4,5") {
        found.push(`blocks came in the order ${order.join()}`);
      }
      faults.push(...found.map((fault) => `${runtime.name}, ${concurrency} in flight: ${fault}`));
    }
    return faults;
  } finally {
    sink.close();
    folder.remove();
  }
}
