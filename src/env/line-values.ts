// Lists of line items that a call can be given, from the values of their fields: first the lists of one
// line, then those of two and more, in which no two lines name the same rows. Values that come first
// in a field (those that were said) come first in the lists.
import { canonicalJson, type Json, type JsonObject } from '../core/json.js';

/** Marks an optional argument that is left out. */
export const absent = Symbol('absent');
export type Option = Json | typeof absent;

/** What a field of a line can be. */
interface FieldOptions {
  readonly name: string;
  readonly isId: boolean;
  readonly values: readonly Option[];
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  /** How many lists there may be. */
  readonly bound: number;
}

interface Line {
  readonly line: JsonObject;
  readonly rows: string;
}

/** Half of the lists have the least number of lines, half of the others one more, and so on. */
export function listsOfLines(
  fields: readonly FieldOptions[],
  { least, most, bound }: Bounds,
): readonly (readonly Json[])[] {
  const lines = linesOf(fields, bound);
  const rows = new Set(lines.map((line) => line.rows)).size;
  const lists: (readonly Json[])[] = least === 0 ? [[]] : [];
  const longest = Math.min(most, rows);
  for (let size = Math.max(1, least); size <= longest && lists.length < bound; size++) {
    const room = bound - lists.length;
    lists.push(...take(combinations(lines, size), size === longest ? room : Math.ceil(room / 2)));
  }
  return lists;
}

/** Lines of every combination of the fields, ids turning fastest: neighbours name other rows. */
function linesOf(fields: readonly FieldOptions[], bound: number): readonly Line[] {
  const turning = [...fields.filter(({ isId }) => isId), ...fields.filter(({ isId }) => !isId)];
  const product = turning.reduce((size, { values }) => size * values.length, 1);
  return Array.from({ length: Math.min(product, bound) }, (_, index) => {
    const line: Record<string, Json> = {};
    const rows: Json[] = [];
    let left = index;
    for (const { name, isId, values } of turning) {
      const value = values[left % values.length];
      left = Math.floor(left / values.length);
      if (value === undefined || value === absent) continue;
      line[name] = value;
      if (isId) rows.push(value);
    }
    const named = turning.some(({ isId }) => isId);
    return { line, rows: canonicalJson(named ? rows : line) };
  });
}

/** Sets of lines with different rows, those of the first lines first. */
function* combinations(lines: readonly Line[], size: number): Generator<readonly Json[]> {
  yield* choose([], 0);

  function* choose(chosen: readonly Line[], next: number): Generator<readonly Json[]> {
    if (chosen.length === size) {
      yield chosen.map(({ line }) => line);
      return;
    }
    for (let at = next; at < lines.length; at++) {
      const line = lines[at];
      if (line === undefined || chosen.some(({ rows }) => rows === line.rows)) continue;
      yield* choose([...chosen, line], at + 1);
    }
  }
}

function take<T>(items: Iterable<T>, most: number): readonly T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length >= most) break;
    taken.push(item);
  }
  return taken;
}
