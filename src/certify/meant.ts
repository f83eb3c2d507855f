// What a wish asks for, read from the scenario alone and without the code that the user or the oracle
// read it by: rows by their facts as things stood at the start, rows that earlier wishes make by what
// those wishes' calls created. A list is a set, since no item may stand in it twice.
import { canonicalJson, isObject, type Json, type JsonObject } from '../core/json.js';
import { rowsMatching } from '../policy/belief/resolve.js';
import type { Call, Reference, Wish } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import { once, type CertifyContext } from './context.js';
import type { Created } from './run-calls.js';
import { startSource } from './start.js';

export type Meant =
  | { readonly value: Json }
  | { readonly made: number }
  | { readonly items: readonly Meant[] }
  | { readonly fields: Readonly<Record<string, Meant>> };

/** A wish with what its references mean; null for a reference that means no row or several. */
export interface MeantWish {
  readonly wish: Wish;
  readonly args: Readonly<Record<string, Meant>> | null;
}

/** The rows that the calls of wishes created, by wish. */
export type MadeRows = ReadonlyMap<number, readonly Created[]>;

export const meantWishes = once((context, task): readonly MeantWish[] =>
  task.scenario.wishes.map((wish) => ({ wish, args: meantArgs(context, task, wish) })),
);

function meantArgs(context: CertifyContext, task: Task, wish: Wish): MeantWish['args'] {
  const references = wish.wish === 'do' ? wish.args : { of: wish.of };
  return allOrNone(references, (reference) => meantBy(context, task, reference));
}

/** What a reference means; null where no row or more than one fits. */
function meantBy(context: CertifyContext, task: Task, reference: Reference): Meant | null {
  switch (reference.type) {
    case 'value':
      return { value: reference.value };
    case 'caller':
      return { value: task.scenario.caller };
    case 'made':
      return { made: reference.wish };
    case 'row': {
      const { entity, facts } = reference;
      const source = startSource(context, task);
      const ids = rowsMatching(context.domain, source, entity, facts, task.scenario.caller);
      const [id] = ids;
      return ids.length === 1 && id !== undefined ? { value: id } : null;
    }
    case 'list': {
      const items = reference.items.map((item) => meantBy(context, task, item));
      return items.every((item) => item !== null) ? { items } : null;
    }
    case 'record': {
      const fields = allOrNone(reference.fields, (field) => meantBy(context, task, field));
      return fields === null ? null : { fields };
    }
  }
}

/** Whether an argument is what is meant. */
export function fits(meant: Meant, value: Json | undefined, made: MadeRows): boolean {
  if (value === undefined) return false;
  if ('value' in meant) return canonicalJson(meant.value) === canonicalJson(value);
  if ('made' in meant) return (made.get(meant.made) ?? []).some(({ id }) => id === value);
  if ('fields' in meant) {
    return (
      isObject(value) &&
      Object.keys(value).length === Object.keys(meant.fields).length &&
      Object.entries(meant.fields).every(([field, of]) => fits(of, value[field], made))
    );
  }
  if (!Array.isArray(value) || value.length !== meant.items.length) return false;
  const left = [...(value as readonly Json[])];
  return meant.items.every((item) => {
    const at = left.findIndex((one) => fits(item, one, made));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
}

/** What a wish says of the call that it asks for; null while a row that it needs is not made. */
export function bindSaid(
  meant: MeantWish,
  parametersOf: (tool: string) => JsonObject,
  made: MadeRows,
): Call | null {
  const { wish, args } = meant;
  if (wish.wish !== 'do' || args === null) return null;
  const parameters = parametersOf(wish.tool);
  const properties = isObject(parameters['properties']) ? parameters['properties'] : {};
  const bound = allOrNone(args, (arg, name) => bindOne(arg, properties[name], made));
  return bound === null ? null : { tool: wish.tool, args: bound };
}

/** A schema tells of which entity a row has to be. */
function bindOne(meant: Meant, schema: Json | undefined, made: MadeRows): Json | null {
  if ('value' in meant) return meant.value;
  const of = isObject(schema) ? schema : {};
  if ('made' in meant) {
    const rows = (made.get(meant.made) ?? []).filter(({ entity }) => entity === of['x-entity']);
    const shown = rows.length > 1 ? rows.filter((row) => row.shown) : rows;
    return shown.length === 1 ? (shown[0]?.id ?? null) : null;
  }
  if ('items' in meant) {
    const items = meant.items.map((item) => bindOne(item, of['items'], made));
    return items.every((item) => item !== null) ? items : null;
  }
  const properties = isObject(of['properties']) ? of['properties'] : {};
  return allOrNone(meant.fields, (field, name) => bindOne(field, properties[name], made));
}

/** The record with each value changed, or null when one change gives null. */
function allOrNone<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From, name: string) => To | null,
): Readonly<Record<string, To>> | null {
  const changed: Record<string, To> = {};
  for (const [name, value] of Object.entries(record)) {
    const to = change(value, name);
    if (to === null) return null;
    changed[name] = to;
  }
  return changed;
}
