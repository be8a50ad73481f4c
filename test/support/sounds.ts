// Recordings as recorders and taggers really write them. The true seconds are those of the frames that were put in.

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0));

export function joined(...parts: readonly (Uint8Array | string)[]): Uint8Array<ArrayBuffer> {
  const bytes = parts.map((part) => (typeof part === "string" ? latin1(part) : part));
  const whole = new Uint8Array(bytes.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of bytes) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const zeros = (size: number): Uint8Array => new Uint8Array(size);
const filled = (size: number, byte: number): Uint8Array => new Uint8Array(size).fill(byte);

/** AMR frames of 12.2 kbit/s: 32 bytes, 20 ms. */
export function amrFrames(count: number): Uint8Array {
  const bytes = filled(32 * count, 0xa5);
  for (let at = 0; at < bytes.length; at += 32) bytes[at] = 0x3c;
  return bytes;
}

/** MP3 frames of 128 kbit/s at 44.1 kHz: 417 bytes, 1152 samples. */
export function mp3Frames(count: number): Uint8Array {
  const bytes = filled(417 * count, 0x55);
  for (let at = 0; at < bytes.length; at += 417) bytes.set([0xff, 0xfb, 0x90, 0x64], at);
  return bytes;
}

export const mp3Seconds = (frames: number): number => (frames * 1152) / 44_100;

/** An ID3v2 tag whose header says `body` bytes. */
export function id3(body: Uint8Array, version = 3, flags = 0): Uint8Array {
  const digits = [21, 14, 7, 0].map((shift) => (body.length >> shift) & 0x7f);
  const footer = version === 4 && (flags & 0x10) !== 0;
  const head = Uint8Array.of(0x49, 0x44, 0x33, version, 0, flags, ...digits);
  const tail = Uint8Array.of(0x33, 0x44, 0x49, version, 0, flags, ...digits);
  return footer ? joined(head, body, tail) : joined(head, body);
}

/** A first frame that says how many there are; 0 leaves out the bytes. */
export function infoFrame(frames: number, bytes: number, name = "Info"): Uint8Array {
  const head = mp3Frames(1).fill(0, 4);
  head.set(latin1(name), 36);
  const view = new DataView(head.buffer);
  if (name === "VBRI") {
    view.setUint32(46, bytes);
    view.setUint32(50, frames);
    return head;
  }
  view.setUint32(40, bytes > 0 ? 3 : 1);
  view.setUint32(44, frames);
  view.setUint32(48, bytes);
  return head;
}

const id3v1 = joined("TAG", filled(125, 0x20));
const ape = joined("APETAGEX", Uint8Array.of(0xd0, 7, 0, 0, 64, 0, 0, 0), filled(48, 0x41));
const lyrics = joined("LYRICSBEGIN", filled(300, 0x6c), "LYRICS200");
/** A picture in a tag: a JPEG has FF E0 to FF EF too. */
const cover = joined(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16), "JFIF", filled(90_000, 0x13));
const AMR = "#!AMR\n";

/** Each with its true seconds. */
export const PADDED_AMR: Readonly<Record<string, readonly [bytes: Uint8Array, seconds: number]>> = {
  "199 frames and a block of 32 zeros": [joined(AMR, amrFrames(199), zeros(32)), 3.98],
  ...Object.fromEntries(
    [1, 2, 12, 13, 14, 31, 33, 64, 4096, 70_000].map((size) => [
      `50 frames and ${size} zeros`,
      [joined(AMR, amrFrames(50), zeros(size)), 1] as const,
    ]),
  ),
  "frames of silence and without data, then zeros": [
    joined(AMR, amrFrames(2), Uint8Array.of(0x44, 1, 2, 3, 4, 5, 0x7c, 0x7c), zeros(32)),
    0.1,
  ],
  "wide-band frames of silence and without data, then zeros": [
    joined("#!AMR-WB\n", Uint8Array.of(0x4c, 1, 2, 3, 4, 5, 0x7c), zeros(61)),
    0.04,
  ],
  "two channels, then zeros": [
    joined("#!AMR_MC1.0\n", Uint8Array.of(0, 0, 0, 2), amrFrames(10), zeros(33)),
    0.1,
  ],
  "a bad frame of zeros in the middle": [
    joined(AMR, amrFrames(1), zeros(13), amrFrames(1), zeros(5)),
    0.06,
  ],
};

/** Cut in the middle of a frame. */
export const CUT_AMR: Readonly<Record<string, Uint8Array>> = {
  "a tail of 12 bytes of a frame": joined(AMR, amrFrames(50), amrFrames(1).subarray(0, 12)),
  "a type byte alone": joined(AMR, amrFrames(50), Uint8Array.of(0x3c)),
  "a type byte and zeros, too few": joined(AMR, amrFrames(50), Uint8Array.of(0x3c), zeros(30)),
  "zeros that end in another byte": joined(AMR, amrFrames(50), zeros(31), Uint8Array.of(1)),
};

export const TAGGED_MP3: Readonly<Record<string, readonly [bytes: Uint8Array, frames: number]>> = {
  "zeros between tag and sound": [joined(id3(zeros(100)), zeros(2000), mp3Frames(40)), 40],
  "more zeros than a head has": [joined(id3(zeros(10)), zeros(70_000), mp3Frames(40)), 40],
  "a second tag": [joined(id3(zeros(10)), id3(zeros(20), 4), mp3Frames(40)), 40],
  "zeros, a second tag, zeros": [
    joined(id3(zeros(10)), zeros(64), id3(zeros(20)), zeros(64), mp3Frames(40)),
    40,
  ],
  "junk between tag and sound": [joined(id3(zeros(10)), filled(5000, 0x21), mp3Frames(40)), 40],
  "junk that looks like one frame": [
    joined(id3(zeros(10)), Uint8Array.of(1, 0xff, 0xfb, 0x90, 0x64), filled(500, 7), mp3Frames(40)),
    40,
  ],
  "a picture of 90 KB in its tag": [joined(id3(cover), mp3Frames(40)), 40],
  "a tag of version 4 with a footer": [joined(id3(zeros(50), 4, 0x10), mp3Frames(40)), 40],
  "a tag of version 3 with the bit of a footer": [
    joined(id3(zeros(50), 3, 0x10), mp3Frames(40)),
    40,
  ],
  "a tag that is unsynchronised": [joined(id3(filled(99, 0xff), 4, 0x80), mp3Frames(40)), 40],
  "a tag whose size has a bit too many": [
    joined("ID3", Uint8Array.of(3, 0, 0, 0, 0, 0, 0x90), zeros(0x90), mp3Frames(40)),
    40,
  ],
  "a tag whose size leads out of the file": [
    joined("ID3", Uint8Array.of(3, 0, 0, 0, 9, 0, 0), zeros(300), mp3Frames(40)),
    40,
  ],
  "one frame between two tags": [joined(id3(zeros(10)), mp3Frames(1), id3v1), 1],
  "zeros and no tag": [joined(zeros(1152), mp3Frames(40)), 40],
  "the rest of a frame and no tag": [joined(filled(100, 0x55), mp3Frames(40)), 40],
  "tags at its end": [joined(mp3Frames(40), lyrics, ape, id3v1), 40],
  "a picture in a tag at its end": [joined(mp3Frames(40), ape, cover, id3v1), 40],
  "zeros at its end": [joined(id3(zeros(10)), mp3Frames(40), zeros(5000)), 40],
  "damage in the middle": [joined(mp3Frames(20), filled(777, 0xff), mp3Frames(20)), 40],
  "a tag in the middle, of files put together": [
    joined(id3(zeros(10)), mp3Frames(20), id3v1, id3(zeros(300)), mp3Frames(20)),
    40,
  ],
  "a last frame that is cut": [joined(mp3Frames(40), mp3Frames(1).subarray(0, 100)), 40],
  "a count that is right": [joined(infoFrame(40, 41 * 417), mp3Frames(40)), 40],
  "a count of more than there are": [joined(infoFrame(9000, 41 * 417), mp3Frames(40)), 40],
  "a count of fewer than there are": [joined(infoFrame(1, 41 * 417, "Xing"), mp3Frames(40)), 40],
  "a count without bytes": [joined(infoFrame(9000, 0), mp3Frames(40)), 40],
  "a count of VBRI that is wrong": [joined(infoFrame(9, 9, "VBRI"), mp3Frames(40)), 40],
};

/** MP3 in free format: the headers have no bitrate, and so no length. 30 frames of 700 bytes. */
const freeFrame = joined(Uint8Array.of(0xff, 0xfb, 0x00, 0x64), filled(696, 0x55));
const freeFrames = joined(...Array.from({ length: 30 }, () => freeFrame));
export const FREE_MP3: Readonly<Record<string, Uint8Array>> = {
  "free format": freeFrames,
  "free format behind a tag": joined(id3(zeros(99)), freeFrames),
  "free format behind a tag and zeros": joined(id3(zeros(99)), zeros(99), freeFrames),
};
