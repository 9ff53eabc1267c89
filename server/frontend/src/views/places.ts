/** Where the municipalities lie, by official key; what has several lies in their middle. */

import { address } from "../site.ts";

export type Point = [longitude: number, latitude: number];

export interface Places {
  all: Point[];
  /** Return where an authority lies, or null. */
  find: (key: string) => Point | null;
}

interface Sent {
  /** Official keys; latitudes and longitudes in thousandths of a degree, in the same order. */
  keys: string[];
  latitudes: number[];
  longitudes: number[];
}

let asked: Promise<Places> | undefined;

/** Return all places; the server is asked once. */
export function places(): Promise<Places> {
  asked ??= load();
  return asked;
}

async function load(): Promise<Places> {
  const response = await fetch(address("/sparql/places.json"));
  if (!response.ok) throw new Error(`${response.status} ${response.url}`);
  return arranged((await response.json()) as Sent);
}

/** Arrange what the server sent. */
export function arranged(sent: Sent): Places {
  const all = sent.keys.map(
    (_, place): Point => [(sent.longitudes[place] ?? 0) / 1000, (sent.latitudes[place] ?? 0) / 1000],
  );
  const exact = new Map(sent.keys.map((key, place) => [key, all[place]]));
  const middles = new Map<string, Point | null>();
  const find = (key: string): Point | null => {
    const known = exact.get(key);
    if (known) return known;
    if (!middles.has(key)) middles.set(key, middle(all.filter((_, place) => sent.keys[place]?.startsWith(key))));
    return middles.get(key) ?? null;
  };
  return { all, find };
}

function middle(points: Point[]): Point | null {
  if (points.length === 0) return null;
  const sum = points.reduce(([x, y], point) => [x + point[0], y + point[1]], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}
