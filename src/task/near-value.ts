// A value near another: what a row looks like that is almost the one that is meant.
import type { Rng } from '../core/rng.js';
import { addMinutes, isRealTime, minutesPerDay } from '../core/time.js';
import type { Scalar } from '../policy/talk.js';
import { drawValue } from '../spec/draw-value.js';
import { fakerValue } from '../spec/faker-values.js';
import { parseGenerator } from '../spec/generator.js';
import type { Generator } from '../spec/generator-model.js';
import type { Column, Entity } from '../spec/model.js';
import type { Row } from '../spec/state.js';

const draws = 6;

/** Another value of the column that is close to the row's, or null where none comes to mind. */
export function nearValue(entity: Entity, column: Column, row: Row, now: string, rng: Rng): Scalar {
  const value = row[column.column] ?? null;
  switch (column.type.kind) {
    case 'enum': {
      const others = column.type.of.filter((other) => other !== value);
      return others.length === 0 ? null : rng.pick(others);
    }
    case 'bool':
      return value !== true;
    case 'int':
    case 'number':
    case 'money':
      return typeof value === 'number' ? nearNumber(column, value, rng) : null;
    case 'date':
    case 'datetime':
      return typeof value === 'string' && isRealTime(value) ? nearTime(value, rng) : null;
    default:
      return typeof value === 'string' ? nearText(entity, column, row, value, now, rng) : null;
  }
}

/** A value as the seed state has them in this column, or null. */
export function freshValue(entity: Entity, column: Column, row: Row, now: string, rng: Rng): Scalar {
  const generator = generatorOf(entity, column);
  return generator === null ? null : drawValue(generator, { rng, now, row, faker: fakerValue });
}

/** Whether the column says what belongs to another's value, as an author does to a title. */
export function belongsTo(entity: Entity, column: Column, other: Column): boolean {
  const generator = generatorOf(entity, column);
  return generator?.kind === 'beside' && generator.column === other.column;
}

function nearNumber(column: Column, value: number, rng: Rng): number | null {
  const steps = column.type.kind === 'money' ? [50, 100, 200, 500, 1000] : [1, 2, 3];
  const options = steps
    .flatMap((step) => [value - step, value + step])
    .filter((other) => other >= (column.min ?? 0) && other <= (column.max ?? Infinity));
  return options.length === 0 ? null : rng.pick(options);
}

function nearTime(value: string, rng: Rng): string {
  const minutes =
    value.length > 10
      ? rng.pick([30, 60, 120, minutesPerDay, 2 * minutesPerDay])
      : minutesPerDay * rng.int(1, 4);
  return addMinutes(value, rng.chance(0.5) ? minutes : -minutes);
}

/** One digit changed where there are digits, else another text of the column's kind. */
function nearText(
  entity: Entity,
  column: Column,
  row: Row,
  value: string,
  now: string,
  rng: Rng,
): string | null {
  const digits = [...value.matchAll(/\d/g)].map(({ index }) => index);
  if (digits.length > 2) {
    const at = rng.pick(digits.slice(Math.floor(digits.length / 2)));
    const digit = (Number(value[at]) + rng.int(1, 9)) % 10;
    return `${value.slice(0, at)}${digit}${value.slice(at + 1)}`;
  }
  for (let attempt = 0; attempt < draws; attempt++) {
    const other = freshValue(entity, column, row, now, rng);
    if (typeof other === 'string' && other !== value) return other;
  }
  return null;
}

const generators = new WeakMap<Column, Generator | null>();

function generatorOf(entity: Entity, column: Column): Generator | null {
  const known = generators.get(column);
  if (known !== undefined) return known;
  const above = entity.columns.slice(0, entity.columns.indexOf(column));
  const status = entity.columns.filter(({ role }) => role === 'status');
  const parsed = parseGenerator(column.gen, column, [...above, ...status]);
  const generator = parsed.ok ? parsed.value : null;
  generators.set(column, generator);
  return generator;
}
