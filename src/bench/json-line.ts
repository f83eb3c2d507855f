// One line of a JSONL file.
import type { Json } from '../core/json.js';

/** The value of a line, or undefined where it is no JSON. */
export function parseLine(source: string): Json | undefined {
  try {
    return JSON.parse(source) as Json;
  } catch {
    return undefined;
  }
}
