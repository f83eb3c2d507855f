// What the checker promises: an expression that it accepts has, in any state, a value of the type
// that it says, and is never null where it does not say so.
import { expect, it } from 'vitest';
import { Bug } from '../../src/core/errors.js';
import { deriveRng } from '../../src/core/rng.js';
import { isRealTime } from '../../src/core/time.js';
import { checkExpression } from '../../src/spec/expression.js';
import { decide } from '../../src/spec/decide.js';
import { evaluate, type Bindings, type Runtime } from '../../src/spec/evaluate.js';
import { emptyScope, type Scope } from '../../src/spec/scope.js';
import { stateSource } from '../../src/spec/state-source.js';
import { seedState } from '../../src/world/seed.js';
import { boatHireDomain } from './boat-hire.js';
import { randomText } from './random-text.js';
import type { Expr, Field, Type } from '../../src/spec/model.js';

const domain = boatHireDomain();
const guestType: Type = { kind: 'row', entity: 'Guest' };
const hireType: Type = { kind: 'row', entity: 'Hire' };
const lineFields: readonly Field[] = [
  { name: 'boat_id', binds: 'boat', type: { kind: 'row', entity: 'Boat' }, optional: false },
  { name: 'guest_id', binds: 'guest', type: { ...guestType, nullable: true }, optional: true },
  { name: 'seats', binds: 'seats', type: { kind: 'int' }, optional: false },
  { name: 'note', binds: 'note', type: { kind: 'string', nullable: true }, optional: true },
];
const scope: Scope = {
  ...emptyScope(
    {
      get: (name) => domain.entities.find((entity) => entity.name === name),
      names: domain.entities.map((entity) => entity.name),
      broken: new Set(),
    },
    new Map(domain.tables.map((table) => [table.name, table])),
  ),
  variables: new Map<string, Type>([
    ['hire', hireType],
    ['guest', guestType],
    ['boat', { kind: 'row', entity: 'Boat' }],
    ['skipper', { ...guestType, nullable: true }],
    ['hires', { kind: 'list', item: hireType }],
    ['lines', { kind: 'list', item: { kind: 'record', fields: lineFields } }],
    ['n', { kind: 'int' }],
  ]),
};

const seeded = seedState(domain, 7);
if (!seeded.ok) throw new Error('no seed state');
const state = seeded.value;
const source = stateSource(state);

function bindings(seed: number): Bindings {
  const rng = deriveRng(seed, 'bindings');
  const pick = (entity: string, key: string): Runtime => {
    const row = rng.pick(state.tables[entity] ?? []);
    return { entity, id: String(row[key]) };
  };
  const hires = [pick('Hire', 'hire_id'), pick('Hire', 'hire_id')];
  const line = (): Runtime => ({
    fields: {
      boat: pick('Boat', 'boat_id'),
      guest: rng.chance(0.5) ? null : pick('Guest', 'guest_id'),
      seats: rng.int(1, 4),
      note: rng.chance(0.5) ? null : 'x',
    },
  });
  return new Map<string, Runtime>([
    ['hire', pick('Hire', 'hire_id')],
    ['guest', pick('Guest', 'guest_id')],
    ['boat', pick('Boat', 'boat_id')],
    ['skipper', rng.chance(0.5) ? null : pick('Guest', 'guest_id')],
    ['hires', hires],
    ['lines', Array.from({ length: rng.int(1, 3) }, line)],
    ['n', rng.int(-3, 9)],
  ]);
}

function hasType(value: Runtime, type: Type): boolean {
  if (value === null) return type.nullable === true || type.kind === 'null';
  switch (type.kind) {
    case 'null':
      return false;
    case 'int':
    case 'money':
    case 'duration':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'date':
    case 'datetime':
      return (
        typeof value === 'string' && isRealTime(value) && value.length > 10 === (type.kind === 'datetime')
      );
    case 'enum':
      return typeof value === 'string' && type.of.includes(value);
    case 'row':
      return typeof value === 'object' && 'entity' in value && value.entity === type.entity;
    case 'list':
      return Array.isArray(value) && value.every((item: Runtime) => hasType(item, type.item));
    default:
      return typeof value === 'string';
  }
}

const expressions: readonly (readonly [string, Expr])[] = Array.from({ length: 6000 }, (_, index) => {
  const text = randomText(deriveRng(11, 'expression', index));
  const expr = checkExpression(text, scope, () => undefined);
  return expr === undefined ? [] : ([[text, expr]] as const);
}).flat();

it('accepts a fair share of random expressions, and refuses a fair share', () => {
  expect(expressions.length).toBeGreaterThan(1500);
  expect(expressions.length).toBeLessThan(5500);
});

it('gives every accepted expression a value of its type in a seeded state', () => {
  const broken = expressions.flatMap(([text, expr], index) => {
    try {
      const value = evaluate(expr, source, bindings(index));
      return hasType(value, expr.type) ? [] : [`${text} is ${JSON.stringify(value)}`];
    } catch (error) {
      return [`${text}: ${error instanceof Bug ? error.message : String(error)}`];
    }
  });
  expect(broken).toEqual([]);
});

it('never calls a condition impossible or certain that comes out otherwise', () => {
  const conditions = expressions.filter(
    ([, expr]) => expr.type.kind === 'bool' && expr.type.nullable !== true,
  );
  const judged = conditions.flatMap(([text, expr]) => {
    const verdict = decide(expr);
    return verdict === undefined ? [] : [{ text, expr, wanted: verdict === 'always' }];
  });
  expect(judged.length).toBeGreaterThan(20);
  const wrong = judged.filter(({ expr, wanted }) =>
    Array.from({ length: 20 }, (_, seed) => evaluate(expr, source, bindings(seed))).some(
      (value) => value !== wanted,
    ),
  );
  expect(wrong.map(({ text }) => text)).toEqual([]);
});

it('judges every pair of comparisons of a whole number with literals exactly', () => {
  const comparisons = ['<', '<=', '>', '>=', '==', '!='].flatMap((op) =>
    [1, 2, 3].map((value) => `n ${op} ${value}`),
  );
  const numbers = [-1, 0, 1, 2, 3, 4, 5];
  const wrong = comparisons.flatMap((one) =>
    comparisons.flatMap((other) =>
      ['and', 'or'].flatMap((word) => {
        const text = `${one} ${word} ${other}`;
        const expr = checkExpression(text, scope, () => undefined);
        if (expr === undefined) return [text];
        const outcomes = new Set(numbers.map((n) => evaluate(expr, source, new Map([['n', n]]))));
        const certain = outcomes.has(true) ? 'always' : 'never';
        return decide(expr) === (outcomes.size === 1 ? certain : undefined) ? [] : [text];
      }),
    ),
  );
  expect(wrong).toEqual([]);
});
