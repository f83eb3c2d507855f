// Values at which rules turn: the numbers and durations that a domain compares with, one off either
// side, and the values that stand in the rows a call names. Random streams draw on them, since plain
// chance hardly ever hits the one amount that tells < from <=.
import type { Json, JsonObject } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import { addMinutes, dateOf, minutesPerDay } from '../core/time.js';
import { lineItemOf } from '../spec/line-item.js';
import type { Column, Domain, Field, Tool } from '../spec/model.js';
import type { Table } from '../spec/table-model.js';
import type { Value } from '../spec/state.js';
import type { Draft } from './draft.js';
import { idText, shifted } from './scalar.js';

const collected = new WeakMap<Domain, readonly number[]>();

/** The numbers in a domain's expressions; durations are in minutes. */
function numbersIn(domain: Domain): readonly number[] {
  const known = collected.get(domain);
  if (known !== undefined) return known;
  const found = new Set<number>([0, 1]);
  JSON.stringify([domain.tools, domain.policies, domain.invariants], (_, node: unknown) => {
    const literal = node as { kind?: unknown; value?: unknown } | null;
    if (typeof literal === 'object' && literal?.kind === 'literal' && typeof literal.value === 'number') {
      found.add(literal.value);
    }
    return node;
  });
  for (const number of domain.tables.flatMap(boundsIn)) found.add(number);
  const numbers = [...found].sort((left, right) => left - right);
  collected.set(domain, numbers);
  return numbers;
}

/** The numbers that the cells of a table name. */
function boundsIn({ rows }: Table): readonly number[] {
  return rows.flatMap(({ cells }) =>
    cells.flatMap((cell) => {
      if (cell.kind === 'limit') return [cell.value];
      if (cell.kind === 'range') return [cell.from, cell.to];
      return cell.kind === 'values' ? cell.of.filter((value) => typeof value === 'number') : [];
    }),
  );
}

/** A value of the column at or beside one of those numbers; undefined where that has no meaning. */
export function tellingValue(domain: Domain, column: Column, now: string, rng: Rng): Value | undefined {
  const number = rng.pick(numbersIn(domain));
  const step = rng.int(-1, 1);
  switch (column.type.kind) {
    case 'int':
    case 'money':
      return number + step;
    case 'datetime':
      return addMinutes(now, (rng.chance(0.5) ? number : -number) + step);
    case 'date':
      return addMinutes(dateOf(now), (rng.chance(0.5) ? number : -number) + step * minutesPerDay);
    default:
      return undefined;
  }
}

/** Arguments with some values set to, or beside, what stands in the rows that the call names. */
export function nearRows(tool: Tool, args: JsonObject, draft: Draft, rng: Rng): JsonObject {
  const near: Record<string, Json> = { ...args };
  for (const param of tool.params) {
    const line = lineItemOf(param);
    const value = args[param.name];
    if (line === undefined) Object.assign(near, nearFields(tool.params, [param], args, draft, rng));
    else if (Array.isArray(value)) {
      near[param.name] = (value as readonly JsonObject[]).map((one) => ({
        ...one,
        ...nearFields(line.fields, line.fields, one, draft, rng),
      }));
    }
  }
  return near;
}

/** Other values for some fields, near to what stands in the rows that are named beside them. */
function nearFields(
  beside: readonly Field[],
  fields: readonly Field[],
  args: JsonObject,
  draft: Draft,
  rng: Rng,
): JsonObject {
  const near: Record<string, Json> = {};
  for (const field of fields) {
    const { kind } = field.type;
    if (args[field.name] === undefined || !rng.chance(0.4)) continue;
    if (kind !== 'int' && kind !== 'money' && kind !== 'date' && kind !== 'datetime') continue;
    const bounds = kind === 'int' || kind === 'money' ? draft.ground.domain.tables.flatMap(boundsIn) : [];
    const values = [...valuesNamed(beside, args, draft, kind), ...bounds];
    const base = values.length > 0 && rng.chance(0.7) ? rng.pick(values) : undefined;
    const value = base === undefined ? undefined : shifted(base, field.type, rng.int(-1, 1));
    if (typeof value === 'number' && (value < (field.min ?? 0) || value > (field.max ?? value))) continue;
    if (value !== undefined) near[field.name] = value;
  }
  return near;
}

function valuesNamed(
  fields: readonly Field[],
  args: JsonObject,
  draft: Draft,
  kind: string,
): (string | number)[] {
  const { entities } = draft.ground;
  return fields.flatMap(({ name, type }) => {
    if (type.kind !== 'row') return [];
    const row = draft.get(type.entity, idText(args[name]));
    const columns = entities.get(type.entity)?.columns.filter((column) => column.type.kind === kind) ?? [];
    return columns.flatMap(({ column }) => {
      const value = row?.[column];
      return typeof value === 'string' || typeof value === 'number' ? [value] : [];
    });
  });
}
