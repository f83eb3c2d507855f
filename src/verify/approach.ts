// How a search gets near a place in a tool: make the requires before it true, let the machines stand
// where the statements before it need them, take the branches that lead there, then set the values
// around the place so that a small change of it would show.
import type { Expr, SpecTool, Statement } from '../spec/model.js';
import { columnValue, isRow } from '../spec/runtime.js';
import { chosen } from './aggregate-items.js';
import { blocksOf, containsStatement, pathTo, type Root } from './conditions.js';
import { admit, assign, dismiss, force, forceGap, someItem } from './force.js';
import { meetRow } from './force-row.js';
import { another } from './other-value.js';
import { itemsOf, valueAt, within, type Site } from './site.js';

/** Makes the requires true, but for the one at `except`. */
export function satisfyRequires(site: Site, tool: SpecTool, except = -1): void {
  for (let round = 0; round < 3; round++) {
    const open = tool.requires.filter((one, index) => index !== except && valueAt(site, one.holds) !== true);
    if (open.length === 0) return;
    for (const one of open) force(site, one.holds, true);
  }
}

/** Walks the statements until `target`, making each one before it succeed; true when it got there. */
export function walk(site: Site, body: readonly Statement[], target: Statement | null): boolean {
  for (const statement of body) {
    if (statement === target) return true;
    switch (statement.kind) {
      case 'fire':
        allowFire(site, statement);
        break;
      case 'delete':
        setFree(site, statement);
        break;
      case 'create':
      case 'set':
        avoidClashes(site, statement);
        break;
      case 'if': {
        const [then = [], otherwise = []] = blocksOf(statement);
        if (target !== null && containsStatement(then, target)) force(site, statement.condition, true);
        else if (target !== null && containsStatement(otherwise, target)) {
          force(site, statement.condition, false);
        } else if (site.rng.chance(0.5)) force(site, statement.condition, site.rng.chance(0.5));
        const branch = valueAt(site, statement.condition) === true ? then : otherwise;
        if (walk(site, branch, target)) return true;
        break;
      }
      case 'each':
        if (target !== null && containsStatement(statement.do, target)) {
          enterLoop(site, statement);
          return walk(site, statement.do, target);
        }
        walkLoop(site, statement);
        break;
      default:
    }
  }
  return false;
}

type Of<Kind extends Statement['kind']> = Extract<Statement, { kind: Kind }>;

/** Binds the loop's variable to one of its items, from here on. */
function enterLoop(site: Site, statement: Of<'each'>): void {
  const items = itemsOf(site, statement.source);
  if (items.length === 0) return;
  const { where } = statement;
  const passing = items.filter(
    (item) =>
      where === undefined || within(site, statement.variable, item, () => valueAt(site, where) === true),
  );
  const item = site.rng.pick(passing.length > 0 && site.rng.chance(0.7) ? passing : items);
  site.inner.set(statement.variable, item);
  if (where !== undefined && !passing.includes(item)) force(site, where, true);
}

function walkLoop(site: Site, statement: Of<'each'>): void {
  const { where } = statement;
  for (const item of itemsOf(site, statement.source).slice(0, 60)) {
    within(site, statement.variable, item, () => {
      if (where === undefined || valueAt(site, where) === true) walk(site, statement.do, null);
    });
  }
}

/** Sets the status of the row that a fire changes: to one of `states`, by default one that allows it. */
export function allowFire(site: Site, statement: Of<'fire'>, states?: readonly string[]): void {
  const row = valueAt(site, statement.row);
  if (row === undefined || !isRow(row)) return;
  const allowed = states ?? eventOf(site, statement)?.from ?? [];
  const now = site.draft.get(row.entity, row.id)?.['status'];
  if (allowed.length === 0 || allowed.includes(String(now))) return;
  site.draft.set(row.entity, row.id, 'status', site.rng.pick(allowed));
}

export function eventOf(
  site: Site,
  statement: Of<'fire'>,
): { readonly from: readonly string[]; readonly to: string } | undefined {
  const { machine } = site.draft.ground.entities.get(statement.entity) ?? {};
  return machine?.events.find((event) => event.name === statement.event);
}

/** A row to delete that nothing refers to: a fresh copy, where the path allows. */
function setFree(site: Site, statement: Of<'delete'>): void {
  if (site.rng.chance(0.3)) return;
  const id = site.draft.clone(statement.entity, site.rng);
  if (id !== null) assign(site, statement.row, { entity: statement.entity, id });
}

function avoidClashes(site: Site, statement: Of<'create'> | Of<'set'>): void {
  for (const { entity, column, value } of uniqueWrites(site, statement)) {
    const found = valueAt(site, value);
    const plain = found === undefined || Array.isArray(found) ? null : columnValue(found);
    if (plain === null || !site.draft.rows(entity, []).some((row) => row[column] === plain)) continue;
    const other = another(site, value, plain);
    if (other !== undefined) assign(site, value, other);
  }
}

/** The writes of a statement to columns that no two rows may share. */
export function uniqueWrites(
  site: Site,
  statement: Statement,
): readonly {
  readonly entity: string;
  readonly column: string;
  readonly value: Expr;
  readonly row?: Expr;
}[] {
  const isUnique = (entity: string, column: string): boolean =>
    site.draft.ground.entities.get(entity)?.columns.find((one) => one.column === column)?.unique ?? false;
  if (statement.kind === 'set') {
    return statement.assignments.filter((one) => isUnique(one.entity, one.column));
  }
  if (statement.kind !== 'create') return [];
  return Object.entries(statement.values)
    .filter(([column]) => isUnique(statement.entity, column))
    .map(([column, value]) => ({ entity: statement.entity, column, value }));
}

/** Goes to the place of a root: what stands before it succeeds, and other requires hold. */
export function goTo(site: Site, tool: SpecTool, root: Root): void {
  const { place } = root;
  if (typeof place === 'number') return satisfyRequires(site, tool, place);
  satisfyRequires(site, tool);
  if (place === null) walk(site, tool.body, null);
  else if (walk(site, tool.body, place) && place.kind === 'each') enterLoop(site, place);
}

/**
 * From a root down to a node: siblings in `and` and `or` step back, comparisons on the way stand at
 * their boundary, aggregates get an item on which the node decides. `gap` fixes the distance at a
 * comparison that is the node itself.
 */
export function provoke(site: Site, root: Expr, node: Expr, gap?: number): void {
  const path = pathTo(root, node) ?? [];
  for (const [index, expr] of path.entries()) {
    const next = path[index + 1];
    if (expr.kind === 'binary') {
      const sibling = next === expr.left ? expr.right : expr.left;
      if (expr.op === 'and' || expr.op === 'or') {
        if (next !== undefined) force(site, sibling, expr.op === 'and');
        else for (const side of [expr.left, expr.right]) force(site, side, site.rng.chance(0.5));
      } else meet(site, expr, next === undefined ? gap : undefined);
    } else if (expr.kind === 'aggregate') {
      if (expr.fn === 'exists' && site.rng.chance(0.7)) {
        for (const item of chosen(site, expr)) dismiss(site, expr, item);
      }
      if (expr.fn === 'all' && site.rng.chance(0.5)) force(site, expr, true);
      const item = expr.fn === 'all' ? someItem(site, expr) : admit(site, expr);
      if (item !== undefined && next !== undefined) site.inner.set(expr.variable, item);
    } else if (expr.kind === 'math' && next !== undefined) {
      balance(site, expr.args, next);
    } else if (expr.kind === 'table') {
      meetRow(site, expr, next, force);
    } else if (next === undefined && expr.type.kind === 'bool') force(site, expr, site.rng.chance(0.5));
  }
}

/** Of `min(a, b)`: the other arguments stand near the one on the path, or well beyond it. */
function balance(site: Site, args: readonly Expr[], near: Expr): void {
  for (const other of args) {
    const [value, mine] = [valueAt(site, near), valueAt(site, other)];
    if (other === near || typeof value !== 'number' || typeof mine !== 'number') continue;
    const target = value + site.rng.pick([-1, 1, 25, 1000, -1000]);
    if (!assign(site, other, target)) assign(site, near, mine + site.rng.pick([-1, 1, 1000]));
  }
}

function meet(site: Site, expr: Extract<Expr, { kind: 'binary' }>, gap: number | undefined): void {
  if (expr.op === '==' || expr.op === '!=' || expr.op === 'in') {
    force(site, expr, site.rng.chance(0.5));
    return;
  }
  if (expr.type.kind !== 'bool') return;
  // Mostly at the boundary; now and then days away, where a rounding shows.
  const far = site.rng.int(-40, 40) * (expr.left.type.kind === 'datetime' ? 1440 : 1);
  forceGap(site, expr, gap ?? (site.rng.chance(0.25) ? far : site.rng.pick([-1, 0, 0, 1, 2, -2])));
}
