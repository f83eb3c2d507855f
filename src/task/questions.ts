// What callers may ask to be told: values of rows that they can describe, which a read shows and they
// have not said.
import type { Rng } from '../core/rng.js';
import { columnsOf, follow } from '../policy/belief/path.js';
import type { Scalar } from '../policy/talk.js';
import { typedValue } from '../policy/typed-value.js';
import type { Column } from '../spec/model.js';
import type { Errand, Question } from './draft.js';
import { wishToBeTold, type SpokenWish } from './goal.js';
import { entityNamed, freeRows, type Ground } from './ground.js';
import type { KnownSlots } from './scenario.js';

const rowsTried = 12;

/** `Entity.attr` of every value that a user of the domain may ask for. */
export function questionsOf(ground: Ground): readonly string[] {
  const asked = Object.keys(ground.domain.say.tell);
  if (asked.length > 0) return asked.toSorted();
  return ground.domain.entities.flatMap((entity) =>
    entity.columns
      .filter((column) => column.role === 'status' || (column.role === 'value' && !column.known))
      .filter((column) => column.type.kind !== 'text')
      .map((column) => `${entity.name}.${column.attr}`),
  );
}

/** A question about the given row, or about one the caller may ask about, that asks nothing twice. */
export function ask(
  ground: Ground,
  caller: string,
  key: string,
  anchor: string | null,
  before: readonly Question[],
  rng: Rng,
): Extract<Errand, { end: 'told' }> | null {
  const [entity = '', ...path] = key.split('.');
  const attr = path.join('.');
  const column = columnsOf(ground.domain, entity, attr)?.at(-1);
  if (column === undefined) return null;
  for (let attempt = 0; attempt < rowsTried; attempt++) {
    const id = anchor ?? pickRow(ground, entity, caller, rng);
    const value = id === null ? null : (follow(ground.domain, ground.source, entity, id, attr) ?? null);
    if (id === null || value === null || asksTwice(before, entity, id, attr)) continue;
    const spoken = wishToBeTold(ground, caller, entity, id, attr, rng);
    if (spoken !== null) {
      return { end: 'told', spoken, question: { entity, id, attr, value: typedValue(column, value) } };
    }
    if (anchor !== null) return null;
  }
  return null;
}

function asksTwice(before: readonly Question[], entity: string, id: string, attr: string): boolean {
  return before.some((one) => one.entity === entity && one.id === id && one.attr === attr);
}

/** A row of the caller's own or of nobody's (of anybody's, without a caller), one still in use where there is one. */
export function pickRow(ground: Ground, entity: string, caller: string | null, rng: Rng): string | null {
  if (entity === ground.domain.caller && caller !== null) return caller;
  const ids = caller === null ? (ground.ids.get(entity) ?? []) : freeRows(ground, entity, caller);
  const { machine, columns } = entityNamed(ground, entity);
  const status = columns.find((column) => column.role === 'status');
  const open = ids.filter((id) => !isOver(ground, entity, id, machine?.events ?? [], status));
  const pool = open.length > 0 ? open : ids;
  return pool.length === 0 ? null : rng.pick(pool);
}

function isOver(
  ground: Ground,
  entity: string,
  id: string,
  events: readonly { readonly from: readonly string[] }[],
  status: Column | undefined,
): boolean {
  if (status === undefined || events.length === 0) return false;
  const now = String(ground.source.get(entity, id)?.[status.column]);
  return !events.some((event) => event.from.includes(now));
}

/** Whether the caller says an answer in asking. */
export function hasSaid(wishes: readonly SpokenWish[], known: KnownSlots, value: Scalar): boolean {
  if (Object.values(known).includes(value)) return true;
  return wishes.some(({ wish }) => {
    const of = wish.wish === 'tell' ? wish.of : null;
    return of?.type === 'row' && of.facts.some((fact) => 'value' in fact && fact.value === value);
  });
}

/** Ids of the rows that an answer rests on: the one asked about and those on the way to the value. */
export function rowsBehind({ domain, source }: Ground, { entity, id, attr }: Question): readonly string[] {
  const attrs = attr.split('.');
  const ways = attrs.slice(0, -1).map((_, index) => attrs.slice(0, index + 1).join('.'));
  return [id, ...ways.map((way) => follow(domain, source, entity, id, way))].filter(
    (row) => typeof row === 'string',
  );
}
