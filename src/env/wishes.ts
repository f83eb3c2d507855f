// How far a user's wishes have come, as the user can notice it: a wish to have something done is
// fulfilled by a call that it asks for, a wish to be told by what could be the answer. What a wish asks
// for is worked out once a task; nothing here looks at gold.
import { canonicalJson, isObject, type Json } from '../core/json.js';
import { normalForm } from '../core/normal-form.js';
import type { EmittedDomain, StateSchema, TalkPolicy } from '../emit/emitted-domain.js';
import { shownRows } from '../policy/rows.js';
import type { Call, Reference, Wish } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import type { World } from '../world/world.js';
import type { Answer } from '../../sandbox/guest-api.js';
import { meantValue } from './meaning.js';

/** What an argument of a call has to be. */
type Asked =
  | { readonly is: 'value'; readonly value: Json }
  | { readonly is: 'made'; readonly wish: number } // a row that an earlier wish's call made
  | { readonly is: 'list'; readonly items: readonly Asked[] } // in any order
  | { readonly is: 'record'; readonly fields: Readonly<Record<string, Asked>> }
  | { readonly is: 'nothing' }; // nobody can point to it

/** A wish to have a tool called. */
export interface AskedCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, Asked>>;
  /** Arguments that no wish has to name: those with a default, by it, and those that follow from a rule. */
  readonly defaults: Readonly<Record<string, Json>>;
  readonly computed: readonly string[];
}

/** Which wishes a call has fulfilled, and what it gave back. Plain. */
export interface WishProgress {
  readonly done: readonly number[];
  readonly results: Readonly<Record<number, Json>>;
}

export const noProgress: WishProgress = { done: [], results: {} };

/** How a call fits a wish for the same tool: the arguments that are not as wished, and whether there are more. */
export interface Fit {
  readonly wish: number;
  readonly wrong: readonly string[];
  readonly more: boolean;
}

/** What each wish asks to be called; null for a wish to be told something. */
export function askedCalls(world: World, task: Task): Answer<readonly (AskedCall | null)[]> {
  const asked: (AskedCall | null)[] = [];
  for (const wish of task.scenario.wishes) {
    const call = askedCall(world, task, wish);
    if (!call.ok) return call;
    asked.push(call.value);
  }
  return { ok: true, value: asked };
}

function askedCall(world: World, task: Task, wish: Wish): Answer<AskedCall | null> {
  if (wish.wish !== 'do') return { ok: true, value: null };
  const properties = propertiesOf(world.domain, wish.tool);
  const args: Record<string, Asked> = {};
  for (const [param, reference] of Object.entries(wish.args)) {
    const asked = askedValue(world, task, reference);
    if (!asked.ok) return asked;
    args[param] = asked.value;
  }
  const defaults = Object.entries(properties).flatMap(([param, schema]) => {
    const value = isObject(schema) ? schema['default'] : undefined;
    return value === undefined ? [] : [[param, value] as const];
  });
  const computed = computedBy(world.domain, wish.tool);
  return { ok: true, value: { tool: wish.tool, args, defaults: Object.fromEntries(defaults), computed } };
}

function askedValue(world: World, task: Task, reference: Reference): Answer<Asked> {
  switch (reference.type) {
    case 'made':
      return { ok: true, value: { is: 'made', wish: reference.wish } };
    case 'list': {
      const items: Asked[] = [];
      for (const item of reference.items) {
        const asked = askedValue(world, task, item);
        if (!asked.ok) return asked;
        items.push(asked.value);
      }
      return { ok: true, value: { is: 'list', items } };
    }
    case 'record': {
      const fields: Record<string, Asked> = {};
      for (const [field, of] of Object.entries(reference.fields)) {
        const asked = askedValue(world, task, of);
        if (!asked.ok) return asked;
        fields[field] = asked.value;
      }
      return { ok: true, value: { is: 'record', fields } };
    }
    default: {
      const meant = meantValue(world, task, reference);
      if (!meant.ok) return meant;
      const { value } = meant;
      return { ok: true, value: value === undefined ? { is: 'nothing' } : { is: 'value', value } };
    }
  }
}

/** How the call fits each wish for its tool. */
export function fitCall(
  schema: StateSchema,
  asked: readonly (AskedCall | null)[],
  { results }: WishProgress,
  call: Call,
): readonly Fit[] {
  return asked.flatMap((wished, wish): Fit[] => {
    if (wished?.tool !== call.tool) return [];
    const wrong = Object.keys(wished.args).filter(
      (param) => !isAsked(schema, results, wished.args[param], call.args[param]),
    );
    const more = Object.entries(call.args).some(
      ([param, value]) =>
        wished.args[param] === undefined &&
        !wished.computed.includes(param) &&
        canonicalJson(wished.defaults[param] ?? null) !== canonicalJson(value),
    );
    return [{ wish, wrong, more }];
  });
}

/** Whether a policy is about what a wish asks for: the tool, or the value to be told. */
export function isAbout(schema: StateSchema, policy: TalkPolicy, wish: Wish): boolean {
  if (policy.kind !== 'conceal') return wish.wish === 'do' && policy.on.includes(wish.tool);
  if (wish.wish === 'do') return false;
  const attrs = wish.attr.split('.');
  let at = wish.entity;
  for (const attr of attrs.slice(0, -1)) {
    const columns = schema.tables.find(({ entity }) => entity === at)?.columns ?? [];
    at = columns.find(({ column }) => column === `${attr}_id` || column === attr)?.to ?? '';
  }
  return policy.of.some(({ entity, column }) => entity === at && column === attrs.at(-1));
}

/** The progress after a call that a tool accepted: the first open wish that asks for it is fulfilled. */
export function noteCall(
  schema: StateSchema,
  asked: readonly (AskedCall | null)[],
  progress: WishProgress,
  call: Call,
  result: Json,
): WishProgress {
  const fit = fitCall(schema, asked, progress, call).find(
    ({ wish, wrong, more }) => wrong.length === 0 && !more && !progress.done.includes(wish),
  );
  if (fit === undefined) return progress;
  return {
    done: [...progress.done, fit.wish],
    results: { ...progress.results, [fit.wish]: result },
  };
}

function isAsked(
  schema: StateSchema,
  results: WishProgress['results'],
  asked: Asked | undefined,
  value: Json | undefined,
): boolean {
  if (asked === undefined || value === undefined) return false;
  switch (asked.is) {
    case 'value':
      return isSame(asked.value, value);
    case 'made': {
      const result = results[asked.wish];
      return result !== undefined && shownRows(schema, result).some(({ id }) => id === value);
    }
    case 'list': {
      if (!Array.isArray(value) || value.length !== asked.items.length) return false;
      const open = [...(value as readonly Json[])];
      return asked.items.every((item) => {
        const at = open.findIndex((other) => isAsked(schema, results, item, other));
        if (at >= 0) open.splice(at, 1);
        return at >= 0;
      });
    }
    case 'record': {
      if (!isObject(value)) return false;
      const names = new Set([...Object.keys(asked.fields), ...Object.keys(value)]);
      return [...names].every((name) => isAsked(schema, results, asked.fields[name], value[name]));
    }
    case 'nothing':
      return false;
  }
}

/** Whether both mean the same: texts by their normal form, the rest as it is. */
function isSame(left: Json, right: Json): boolean {
  if (typeof left === 'string' && typeof right === 'string') return normalForm(left) === normalForm(right);
  return canonicalJson(left) === canonicalJson(right);
}

function propertiesOf(domain: EmittedDomain, tool: string): Readonly<Record<string, Json>> {
  const properties = domain.manifest.find(({ name }) => name === tool)?.parameters['properties'];
  return isObject(properties) ? properties : {};
}

function computedBy({ talkPolicies }: EmittedDomain, tool: string): readonly string[] {
  return talkPolicies.flatMap((policy) =>
    policy.kind === 'compute' && policy.on.includes(tool) ? [policy.param] : [],
  );
}
