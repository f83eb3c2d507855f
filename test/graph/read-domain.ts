// The hand-written domains, checked; and calls drawn at random for them.
import { readFileSync } from 'node:fs';
import type { Json, JsonObject } from '../../src/core/json.js';
import { formatIssue } from '../../src/core/result.js';
import type { Rng } from '../../src/core/rng.js';
import { itemKey } from '../../src/spec/line-item.js';
import type { Column, Domain, Tool, Type } from '../../src/spec/model.js';
import { readSpec } from '../../src/spec/read.js';
import type { State } from '../../src/spec/state.js';
import { seedState } from '../../src/world/seed.js';

export const domainIds = [
  'library',
  'veterinary-clinic',
  'card-desk',
  'parcel-carrier',
  'equipment-rental',
] as const;

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
  const draw = (type: Type, name: string, least = 1): Json => {
    if (type.kind === 'list') {
      const items = Array.from({ length: rng.int(least, 2) }, () => draw(type.item, name));
      return [...new Map(items.map((item) => [itemKey(type.item, item), item])).values()];
    }
    if (type.kind === 'record') {
      const given = type.fields.filter((field) => !field.optional || rng.chance(0.4));
      return Object.fromEntries(given.map((field) => [field.name, draw(field.type, field.name)]));
    }
    if (type.kind === 'row') {
      const { key = '', prefix = '' } = domain.entities.find((entity) => entity.name === type.entity) ?? {};
      const close = near.filter((id) => id.startsWith(`${prefix}-`));
      const [nearest] = close;
      if (nearest !== undefined && rng.chance(0.8)) return rng.chance(0.5) ? nearest : rng.pick(close);
      return rng.pick(rowsOf(type.entity))[key] ?? null;
    }
    if (type.kind === 'enum') return rng.pick(type.of);
    if (type.kind === 'bool') return rng.chance(0.5);
    if (type.kind === 'int') return rng.int(1, 4);
    const valuesIn = (fits: (column: Column) => boolean): readonly Json[] =>
      domain.entities.flatMap((entity) =>
        entity.columns
          .filter(fits)
          .flatMap(({ column }) => rowsOf(entity.name).flatMap((row) => row[column] ?? [])),
      );
    // A filter asks for what its column holds; what no column is called like, for what is of its type.
    const filtered = name.replace(/_(from|until|min|max|contains)$/, '');
    const named = valuesIn(({ column }) => column === name || column === filtered);
    const values = named.length > 0 ? named : valuesIn((column) => column.type.kind === type.kind);
    if (type.kind === 'money') {
      const amounts = values.filter((value) => typeof value === 'number');
      return amounts.length > 0 && rng.chance(0.5) ? rng.pick(amounts) : rng.int(1, 200) * 50;
    }
    // A value that a unique column holds already would be refused most of the time.
    const value = rng.pick(values.filter((one) => typeof one === 'string'));
    return rng.chance(0.5) ? value : value.replaceAll(/\d(?=\d*\D*$)/g, () => String(rng.int(1, 9)));
  };
  const args: Record<string, Json> = {};
  for (const { name, type, optional, minItems } of tool.params) {
    if (!optional || rng.chance(0.6)) args[name] = draw(type, name, minItems);
  }
  return args;
}

const idsIn = (value: unknown): string[] => JSON.stringify(value).match(/[A-Z][A-Z0-9]-\d{5,}/g) ?? [];
const idsOfRows = new WeakMap<object, readonly string[]>();

/** In how many rows an id stands. */
const uses = new WeakMap<State, ReadonlyMap<string, number>>();

/**
 * The ids in a call or a result, and those of rows that refer to them or that they refer to. What stands
 * in more rows than `mostUses` brings nothing near: everything goes through it.
 */
export function idsNear(state: State, values: readonly Json[], mostUses = Infinity): readonly string[] {
  const idsOf = (row: object): readonly string[] => {
    const known = idsOfRows.get(row) ?? idsIn(row);
    idsOfRows.set(row, known);
    return known;
  };
  const rows = Object.values(state.tables).flat().map(idsOf);
  const counts = uses.get(state) ?? countUses(rows.flat());
  uses.set(state, counts);
  const near = new Set(idsIn(values));
  for (let hops = 0; hops < 2; hops++) {
    const through = new Set([...near].filter((id) => (counts.get(id) ?? 0) <= mostUses));
    for (const id of rows.filter((ids) => ids.some((one) => through.has(one))).flat()) near.add(id);
  }
  return [...near];
}

function countUses(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}

/** A seed state of the domain. */
export function stateOf(domain: Domain, seed: number): State {
  const seeded = seedState(domain, seed);
  if (!seeded.ok) throw new Error(seeded.error.map((issue) => formatIssue(issue)).join('\n'));
  return seeded.value;
}
