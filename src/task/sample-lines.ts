// Line items that a caller may ask for: each with rows of its own and values for the rest.
import type { Json } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import { itemKey } from '../spec/line-item.js';
import type { Field, Param, Type } from '../spec/model.js';

const most = 3;

/** A few lines, no two of which name the same rows, or null when there are too few. */
export function sampleLines(
  param: Param,
  item: Extract<Type, { kind: 'record' }>,
  rng: Rng,
  sampleField: (field: Field) => Json | null,
): readonly Json[] | null {
  const low = Math.max(1, param.minItems ?? 1);
  const wanted = rng.int(low, Math.max(low, Math.min(param.maxItems ?? 10, most)));
  const lines = new Map<string, Json>();
  for (let attempt = 0; attempt < wanted * 6 && lines.size < wanted; attempt++) {
    const line = sampleLine(item.fields, rng, sampleField);
    if (line !== null) lines.set(itemKey(item, line), line);
  }
  return lines.size < low ? null : [...lines.values()];
}

function sampleLine(
  fields: readonly Field[],
  rng: Rng,
  sampleField: (field: Field) => Json | null,
): Json | null {
  const line: Record<string, Json> = {};
  for (const field of fields) {
    if (field.optional && rng.chance(0.5)) continue;
    const value = sampleField(field);
    if (value !== null) line[field.name] = value;
    else if (!field.optional) return null;
  }
  return line;
}
