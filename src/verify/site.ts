// A place in the domain at which conditions are judged before a call: a draft, the call's
// arguments, and what the variables stand for there. force.ts changes all three.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import { Bug } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { evaluate, type Bindings } from '../spec/evaluate.js';
import { partsOf } from '../spec/mention.js';
import type { Expr, Field, Param, Source, SpecTool, Tool } from '../spec/model.js';
import { isLineItem, type LineItem, type Runtime } from '../spec/runtime.js';
import type { Value } from '../spec/state.js';
import type { Draft } from './draft.js';
import { idText } from './scalar.js';

export interface Site {
  readonly draft: Draft;
  readonly rng: Rng;
  readonly tool: Tool | null; // null for an invariant
  readonly args: Record<string, Json>;
  caller: string | null;
  /** Variables bound on the way: of aggregates and `each`. */
  readonly inner: Map<string, Runtime>;
}

export function openSite(draft: Draft, rng: Rng, tool: Tool | null, args: JsonObject): Site {
  return { draft, rng, tool, args: { ...args }, caller: null, inner: new Map() };
}

/** The value here, or undefined where it has none (a missing row, a null, a row not made yet). */
export function valueAt(site: Site, expr: Expr): Runtime | undefined {
  return evaluated(site, expr, bindings(site, expr));
}

function evaluated(site: Site, expr: Expr, bound: Bindings): Runtime | undefined {
  try {
    return evaluate(expr, site.draft, bound);
  } catch (error) {
    if (error instanceof Bug || error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Of items that a variable may stand for, those for which a condition holds here. */
export function selected(
  site: Site,
  variable: string,
  items: readonly Runtime[],
  where: Expr,
): readonly Runtime[] {
  const bound = bindings(site, where);
  return items.filter((item) => evaluated(site, where, bound.set(variable, item)) === true);
}

export function letOf(site: Site, name: string): Expr | undefined {
  if (site.tool?.kind !== 'spec' || site.inner.has(name)) return undefined;
  return site.tool.lets.find((one) => one.name === name)?.value;
}

export function paramOf(site: Site, name: string): Param | undefined {
  return site.inner.has(name) ? undefined : site.tool?.params.find((param) => param.binds === name);
}

/** The items of an aggregate's or a loop's source. */
export function itemsOf(site: Site, source: Source): readonly Runtime[] {
  if ('entity' in source) return site.draft.ids(source.entity).map((id) => ({ entity: source.entity, id }));
  const list = valueAt(site, source.list);
  return Array.isArray(list) ? (list as readonly Runtime[]) : [];
}

/** Runs with a variable bound to an item. */
export function within<T>(site: Site, variable: string, item: Runtime, run: () => T): T {
  const before = site.inner.get(variable);
  site.inner.set(variable, item);
  const result = run();
  if (before === undefined) site.inner.delete(variable);
  else site.inner.set(variable, before);
  return result;
}

/** How many steps the left side stands above the right one; undefined where that has no meaning here. */
export function gapAt(site: Site, node: Extract<Expr, { kind: 'binary' }>): number | undefined {
  const [left, right] = [valueAt(site, node.left), valueAt(site, node.right)];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  const step = left.length > 10 ? 60_000 : 86_400_000;
  return (Date.parse(left) - Date.parse(right)) / step;
}

/** What the variables of an expression stand for here. */
function bindings(site: Site, expr: Expr): Map<string, Runtime> {
  const bound = new Map<string, Runtime>();
  for (const param of site.tool?.params ?? []) bound.set(param.binds, argument(param, site.args[param.name]));
  if (site.caller !== null) {
    bound.set('caller', { entity: site.draft.ground.domain.caller, id: site.caller });
  }
  for (const [name, value] of site.inner) bound.set(name, value);
  for (const one of letsFor(site, expr)) if (!bound.has(one.name)) bindLet(site, bound, one);
  return bound;
}

type Let = SpecTool['lets'][number];

/** The lets that an expression rests on, in order. */
function letsFor({ tool }: Site, expr: Expr): readonly Let[] {
  if (tool?.kind !== 'spec' || tool.lets.length === 0) return [];
  const wanted = new Set(namesIn(expr));
  return tool.lets
    .toReversed()
    .filter(({ name, value }) => {
      if (!wanted.has(name)) return false;
      for (const inner of namesIn(value)) wanted.add(inner);
      return true;
    })
    .reverse();
}

const namesOf = new WeakMap<Expr, ReadonlySet<string>>();

/** Names of the variables in an expression. */
function namesIn(expr: Expr): ReadonlySet<string> {
  const known = namesOf.get(expr);
  if (known !== undefined) return known;
  const own = expr.kind === 'variable' ? [expr.name] : [];
  const names = new Set([...own, ...partsOf(expr).flatMap((part) => [...namesIn(part)])]);
  namesOf.set(expr, names);
  return names;
}

function bindLet(site: Site, bound: Map<string, Runtime>, one: Let): void {
  try {
    bound.set(one.name, evaluate(one.value, site.draft, bound));
  } catch (error) {
    if (!(error instanceof Bug)) throw error; // a let without a value here binds nothing
  }
}

function argument(param: Param, value: Json | undefined): Runtime {
  if (param.type.kind !== 'list' || value === undefined || value === null) return single(param, value);
  const { item } = param.type;
  return (value as readonly Json[]).map((one, index) =>
    item.kind === 'record'
      ? placed(item.fields, { param: param.name, index }, one)
      : single({ ...param, type: item }, one),
  );
}

function single({ type, default: fallback }: Field, value: Json | undefined): Runtime {
  if (value === undefined || value === null) return fallback ?? null;
  return type.kind === 'row' ? { entity: type.entity, id: idText(value) } : (value as Value);
}

/** A line item as the arguments have it. */
export function placed(fields: readonly Field[], place: PlacedLine['place'], line: Json): PlacedLine {
  const given = isObject(line) ? line : {};
  return {
    fields: Object.fromEntries(fields.map((field) => [field.binds, single(field, given[field.name])])),
    place,
  };
}

/** A line item of a call, and where in the arguments it stands. */
export interface PlacedLine extends LineItem {
  readonly place: { readonly param: string; readonly index: number };
}

export function isPlaced(value: Runtime): value is PlacedLine {
  return isLineItem(value) && 'place' in value;
}
