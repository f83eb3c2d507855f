// The hand-written domains, checked; and calls drawn at random for them.
import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../../src/core/json.js';
import { formatIssue } from '../../src/core/result.js';
import type { Rng } from '../../src/core/rng.js';
import type { Domain, Tool, Type } from '../../src/spec/model.js';
import { readSpec } from '../../src/spec/read.js';
import type { State } from '../../src/spec/state.js';

export const domainIds = ['library', 'veterinary-clinic'] as const;

/** The text of a domain of `domains/`. */
export function domainText(id: string): string {
  return readFileSync(new URL(`../../domains/${id}.yaml`, import.meta.url), 'utf8');
}

/** The domain that the text describes. */
export function readDomain(text: string): Domain {
  const read = readSpec(text);
  if (!read.ok) throw new Error(read.error.map((issue) => formatIssue(issue)).join('\n'));
  return read.value;
}

/** Arguments for a call: rows and values of the state, so that many calls succeed, and ids of `near` by preference. */
export function drawCall(
  domain: Domain,
  state: State,
  tool: Tool,
  rng: Rng,
  near: readonly string[] = [],
): JsonObject {
  const rowsOf = (entity: string): readonly JsonObject[] => state.tables[entity] ?? [];
  const draw = (type: Type, name: string): Json => {
    if (type.kind === 'list') return [...new Set(Array.from({ length: 2 }, () => draw(type.item, name)))];
    if (type.kind === 'row') {
      const { key = '', prefix = '' } = domain.entities.find((entity) => entity.name === type.entity) ?? {};
      const close = near.filter((id) => id.startsWith(`${prefix}-`));
      if (close.length > 0 && rng.chance(0.8)) return rng.pick(close);
      return rng.pick(rowsOf(type.entity))[key] ?? null;
    }
    if (type.kind === 'enum') return rng.pick(type.of);
    if (type.kind === 'bool') return rng.chance(0.5);
    if (type.kind === 'int') return rng.int(1, 4);
    if (type.kind === 'money') return rng.int(1, 200) * 50;
    const seen = domain.entities.flatMap((entity) =>
      entity.columns.some(({ column }) => column === name)
        ? rowsOf(entity.name).flatMap((row) => (typeof row[name] === 'string' ? [row[name]] : []))
        : [],
    );
    // A value that a unique column holds already would be refused most of the time.
    const value = rng.pick(seen);
    return rng.chance(0.5) ? value : value.replaceAll(/\d(?=\d*$)/g, () => String(rng.int(1, 9)));
  };
  const args: Record<string, Json> = {};
  for (const { name, type, optional } of tool.params) {
    if (!optional || rng.chance(0.6)) args[name] = draw(type, name);
  }
  return args;
}
