// Whether comparisons can all be true at once. Comparisons of one path with constants narrow its
// values; comparisons of a pair of paths narrow which of less, equal and greater is left.
import { canonicalJson } from '../core/json.js';
import { possibleRows } from './table-rows.js';
import type { BinaryOp, Expr, Type } from './model.js';

type Constant = string | number | boolean | null;

/** A comparison that is true, or with `truth` false is not: of an expression with a constant or with another. */
export type Fact = { readonly expr: Expr; readonly op: BinaryOp; readonly truth: boolean } & (
  | { readonly other: Constant }
  | { readonly with: Expr }
);

/** Whether no two of the facts contradict each other. */
export function isPossible(facts: readonly Fact[]): boolean {
  const ranges = new Map<string, Range>();
  const relations = new Map<string, ReadonlySet<string>>();
  for (const fact of facts) {
    if ('with' in fact) {
      const [key, allowed] = relationOf(fact.expr, effective(fact), fact.with);
      const before = relations.get(key) ?? allRelations;
      relations.set(key, new Set([...before].filter((relation) => allowed.has(relation))));
      continue;
    }
    const key = keyOf(fact.expr);
    ranges.set(key, narrowed(ranges.get(key) ?? startingRange(fact.expr), effective(fact), fact.other));
  }
  return [...ranges.values()].every(hasValue) && [...relations.values()].every((left) => left.size > 0);
}

const opposite: Readonly<Partial<Record<BinaryOp, BinaryOp>>> = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

function effective({ op, truth }: Fact): BinaryOp {
  return truth ? op : (opposite[op] ?? op);
}

// The same expression has the same text, whether or not it was proven to be there.
const keys = new WeakMap<Expr, string>();

function keyOf(expr: Expr): string {
  const known = keys.get(expr);
  if (known !== undefined) return known;
  const key = canonicalJson(stripped(expr));
  keys.set(expr, key);
  return key;
}

function stripped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripped);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'type' && key !== 'present');
  return Object.fromEntries(kept.map(([key, part]) => [key, stripped(part)]));
}

const allRelations: ReadonlySet<string> = new Set(['<', '==', '>']);

function relationOf(left: Expr, op: BinaryOp, right: Expr): readonly [string, ReadonlySet<string>] {
  const [first, second] = [keyOf(left), keyOf(right)];
  const swapped = second < first;
  const turned = new Map([
    ['<', '>'],
    ['>', '<'],
  ]);
  const allowed = op === '!=' ? ['<', '>'] : [...op.matchAll(/==|<|>/g)].map(([sign]) => sign);
  if (op === '<=' || op === '>=') allowed.push('==');
  const seen = allowed.map((sign) => (swapped ? (turned.get(sign) ?? sign) : sign));
  // x == x holds and x < x does not.
  const possible = first === second ? seen.filter((sign) => sign === '==') : seen;
  return [swapped ? `${second} ${first}` : `${first} ${second}`, new Set(possible)];
}

const whole: ReadonlySet<string> = new Set(['int', 'money', 'duration']);

/** What values are left. `members` is the whole set where it is finite. */
interface Range {
  readonly type: Type;
  readonly members?: ReadonlySet<Constant>;
  readonly not: ReadonlySet<Constant>;
  readonly low?: { readonly value: Constant; readonly open: boolean };
  readonly high?: { readonly value: Constant; readonly open: boolean };
}

function startingRange(expr: Expr): Range {
  const { type } = expr;
  // What was proven to be there had its null taken away; a test for null needs it back.
  const nullable = type.nullable === true || 'present' in expr;
  const none = nullable ? [null] : [];
  const base = { type, not: new Set<Constant>(nullable ? [] : [null]) };
  if (expr.kind === 'table') {
    const given = possibleRows(expr).flatMap((row) => expr.table.rows[row]?.gives ?? []);
    return { ...base, members: new Set(given) };
  }
  if (type.kind === 'enum') return { ...base, members: new Set([...type.of, ...none]) };
  if (type.kind === 'bool') return { ...base, members: new Set([true, false, ...none]) };
  const counts = expr.kind === 'aggregate' && expr.fn === 'count';
  return counts || (expr.kind === 'math' && expr.fn === 'abs')
    ? { ...base, low: { value: 0, open: false } }
    : base;
}

function narrowed(range: Range, op: BinaryOp, value: Constant): Range {
  switch (op) {
    case '==': {
      const broken = whole.has(range.type.kind) && typeof value === 'number' && !Number.isInteger(value);
      return { ...range, members: new Set(broken || range.members?.has(value) === false ? [] : [value]) };
    }
    case '!=':
      return { ...range, not: new Set([...range.not, value]) };
    case '<':
    case '<=':
      return tighter(range, 'high', { value, open: op === '<' });
    default:
      return tighter(range, 'low', { value, open: op === '>' });
  }
}

interface Bound {
  readonly value: Constant;
  readonly open: boolean;
}

function tighter(range: Range, side: 'low' | 'high', bound: Bound): Range {
  const before = range[side];
  const sign = side === 'low' ? 1 : -1;
  const steps = before === undefined ? 1 : compare(bound.value, before.value) * sign;
  const closer = steps > 0 || (steps === 0 && bound.open);
  return closer ? { ...range, [side]: bound, not: new Set([...range.not, null]) } : range;
}

function compare(left: Constant, right: Constant): number {
  if (left === right || left === null || right === null) return 0;
  return left < right ? -1 : 1;
}

function hasValue({ type, members, not, low, high }: Range): boolean {
  const inside = (value: Constant): boolean => {
    if (not.has(value)) return false;
    if (value === null) return true;
    const above = low === undefined ? 1 : compare(value, low.value);
    const below = high === undefined ? 1 : compare(high.value, value);
    return (
      (above > 0 || (above === 0 && low?.open !== true)) &&
      (below > 0 || (below === 0 && high?.open !== true))
    );
  };
  if (members !== undefined) return [...members].some(inside);
  if (low === undefined || high === undefined) return true;
  if (whole.has(type.kind)) return hasWhole(low, high, not);
  const gap = compare(high.value, low.value);
  return gap > 0 || (gap === 0 && inside(low.value));
}

// Whether a whole number lies between the bounds that is not one of those excluded.
function hasWhole(low: Bound, high: Bound, not: ReadonlySet<Constant>): boolean {
  if (typeof low.value !== 'number' || typeof high.value !== 'number') return true;
  const first = low.open ? Math.floor(low.value) + 1 : Math.ceil(low.value);
  const last = high.open ? Math.ceil(high.value) - 1 : Math.floor(high.value);
  if (last - first > not.size) return true;
  for (let value = first; value <= last; value++) if (!not.has(value)) return true;
  return false;
}
