// How a package looks from a distance: its rooms are the folders and files right below src.

import { posix } from "node:path";
import { resolveImport, type SourceFile } from "./source-file.ts";

export interface RoomMap {
  readonly rooms: number;
  /** Rooms on the longest way from one to the next it imports; Infinity where rooms import each other in a circle. */
  readonly floors: number;
  /** Pairs of rooms of which one imports the other. */
  readonly arrows: number;
}

/** Counts the rooms of a package by what its files import. */
export function mapRooms(files: readonly SourceFile[], name: string): RoomMap {
  const source = `packages/${name}/src/`;
  const roomOf = (path: string): string | undefined =>
    path.startsWith(source) ? path.slice(source.length).split("/")[0] : undefined;
  const below = new Map<string, Set<string>>();
  for (const { path, imports } of files) {
    const room = roomOf(path);
    if (room === undefined) continue;
    const targets = below.get(room) ?? new Set();
    below.set(room, targets);
    for (const specifier of imports) {
      if (!specifier.startsWith(".")) continue;
      const target = roomOf(resolveImport(path, specifier) ?? posix.dirname(path));
      if (target !== undefined && target !== room) targets.add(target);
    }
  }
  const heights = new Map<string, number>();
  const heightOf = (room: string): number => {
    const known = heights.get(room);
    if (known !== undefined) return known;
    heights.set(room, Number.POSITIVE_INFINITY); // until it is known, for a circle
    const height = 1 + Math.max(0, ...[...(below.get(room) ?? [])].map(heightOf));
    heights.set(room, height);
    return height;
  };
  return {
    rooms: below.size,
    floors: Math.max(0, ...[...below.keys()].map(heightOf)),
    arrows: [...below.values()].reduce((sum, { size }) => sum + size, 0),
  };
}

/** The table of it in docs/architecture.md. */
export function roomTable(files: readonly SourceFile[], names: readonly string[]): string {
  const rows = names.map((name) => {
    const { rooms, floors, arrows } = mapRooms(files, name);
    return `| ${name} | ${rooms} | ${floors} | ${arrows} |`;
  });
  return ["| package | rooms | floors | arrows |", "|---|---|---|---|", ...rows].join("\n");
}
