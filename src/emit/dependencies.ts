// Which rows an invariant must be judged for again when a row changes. An invariant judges one row
// at a time (`all(Loan l: …)`); what its condition reads of other rows is traced back to the judged
// row by the references and equalities that led there. Where no way back is found, the answer is
// 'all', so that the check stays sound. A way is walked in the present state, from a row as it was
// before and as it is after its change. That suffices: every row whose column leads onwards is one
// that the condition reads, and so has a way of its own.
import type { Expr } from '../spec/model.js';
import { split } from './aggregate-text.js';

/**
 * One step from a row towards the judged row, along a reference `owner.column` to a row of `target`:
 * down to the row that is referred to, or up to the rows that refer to this one.
 */
export interface Step {
  readonly go: 'down' | 'up';
  readonly owner: string;
  readonly column: string;
  readonly target: string;
}

/** A way to the judged row, or 'all' where none is known. */
type Way = readonly Step[] | 'all';

/** Ways by the entity whose change matters. */
export type Dependencies = ReadonlyMap<string, 'all' | readonly (readonly Step[])[]>;

type Ways = ReadonlyMap<string, Way>; // by variable

/** What the condition on one row of `entity`, bound to `variable`, depends on besides the row's own columns. */
export function dependenciesOf(condition: Expr, variable: string): Dependencies {
  const found = new Map<string, 'all' | readonly (readonly Step[])[]>();
  const note = (entity: string, way: Way): void => {
    const known = found.get(entity) ?? [];
    if (way === 'all' || known === 'all') found.set(entity, 'all');
    else if (way.length > 0 && !known.some((other) => JSON.stringify(other) === JSON.stringify(way))) {
      found.set(entity, [...known, way]);
    }
  };
  visit(condition, new Map([[variable, []]]), note);
  return found;
}

/** The entities that an expression reads. */
export function entitiesIn(expr: Expr): readonly string[] {
  const found = new Set<string>();
  visit(expr, new Map(), (entity) => void found.add(entity));
  return [...found];
}

type Note = (entity: string, way: Way) => void;

function visit(expr: Expr, ways: Ways, note: Note): void {
  switch (expr.kind) {
    case 'literal':
    case 'now':
    case 'variable':
      return;
    case 'member':
      visit(expr.of, ways, note);
      if (expr.of.type.kind === 'row' && expr.attr !== 'id')
        note(expr.of.type.entity, wayFrom(expr.of, ways));
      return;
    case 'unary':
      visit(expr.of, ways, note);
      return;
    case 'binary':
      visit(expr.left, ways, note);
      visit(expr.right, ways, note);
      return;
    case 'math':
    case 'table':
      for (const arg of expr.args) visit(arg, ways, note);
      return;
    default: {
      const { source, variable, where, body } = expr;
      if ('list' in source) visit(source.list, ways, note);
      else note(source.entity, wayOut(expr, ways));
      const inner = new Map([...ways, [variable, wayOut(expr, ways)]]);
      if (where !== undefined) visit(where, inner, note);
      if (body !== undefined) visit(body, inner, note);
    }
  }
}

/** The way from the row that an expression leads to. */
function wayFrom(expr: Expr, ways: Ways): Way {
  if (expr.kind === 'variable') return ways.get(expr.name) ?? 'all';
  const step = referenceOf(expr);
  if (expr.kind !== 'member' || step === undefined) return 'all';
  const rest = wayFrom(expr.of, ways);
  return rest === 'all' ? 'all' : shortened([{ go: 'up', ...step }, ...rest]);
}

/** The way from an item of an aggregate: through a conjunct `item.path == outer.path` of its condition. */
function wayOut(expr: Extract<Expr, { kind: 'aggregate' }>, ways: Ways): Way {
  if ('list' in expr.source) return 'all';
  for (const part of split(expr.where)) {
    if (part.kind !== 'binary' || part.op !== '==') continue;
    for (const [own, other] of [
      [part.left, part.right],
      [part.right, part.left],
    ] as const) {
      const there = references(own, expr.variable);
      if (there === undefined || other.type.kind !== 'row' || root(other) === expr.variable) continue;
      const back = wayFrom(other, ways);
      if (back !== 'all') return shortened([...there, ...back]);
    }
  }
  return 'all';
}

/** The references from a variable's row to the row of a path. */
function references(path: Expr, variable: string): readonly Step[] | undefined {
  if (path.kind === 'variable') return path.name === variable ? [] : undefined;
  const step = referenceOf(path);
  if (path.kind !== 'member' || step === undefined) return undefined;
  const before = references(path.of, variable);
  return before && [...before, { go: 'down', ...step }];
}

function referenceOf(path: Expr): Omit<Step, 'go'> | undefined {
  if (path.kind !== 'member' || path.type.kind !== 'row' || path.of.type.kind !== 'row') return undefined;
  return { owner: path.of.type.entity, column: path.column, target: path.type.entity };
}

function root(expr: Expr): string | undefined {
  if (expr.kind === 'variable') return expr.name;
  return expr.kind === 'member' ? root(expr.of) : undefined;
}

// Up to the rows that refer to this one and down by the same reference leads back here.
function shortened(steps: readonly Step[]): readonly Step[] {
  const kept: Step[] = [];
  for (const step of steps) {
    const last = kept.at(-1);
    const returns =
      last?.go === 'up' && step.go === 'down' && last.owner === step.owner && last.column === step.column;
    if (returns) {
      kept.pop();
    } else kept.push(step);
  }
  return kept;
}
