// What callers may ask to be told: values of rows that they can describe, which a read shows and they
// have not said.
import { valuesSaid } from '../policy/values-said.js';
import type { Rng } from '../core/rng.js';
import { columnsOf, follow } from '../policy/belief/path.js';
import { saysSame } from '../policy/told.js';
import type { Scalar } from '../policy/talk.js';
import { typedValue } from '../policy/typed-value.js';
import { concealing } from '../spec/interpret.js';
import type { Column, Domain } from '../spec/model.js';
import type { Conceal, Errand, Question } from './draft.js';
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
    if (id === null || value === null) continue;
    const question = { entity, id, attr, value: typedValue(column, value) };
    if (before.some((one) => isAlike(one, question))) continue;
    if (concealersOf(ground, question, caller).length > 0) {
      if (anchor !== null) return null;
      continue;
    }
    const spoken = wishToBeTold(ground, caller, entity, id, attr, rng);
    if (spoken !== null) {
      return { end: 'told', spoken, question };
    }
    if (anchor !== null) return null;
  }
  return null;
}

/** Whether two questions are one, or have answers that nobody can tell apart. */
function isAlike(left: Question, right: Question): boolean {
  const isOne = left.entity === right.entity && left.id === right.id && left.attr === right.attr;
  return isOne || saysSame(left.value, right.value);
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

/** Whether the caller says an answer in asking; yes and no are said of many things. */
export function hasSaid(wishes: readonly SpokenWish[], known: KnownSlots, value: Scalar): boolean {
  if (typeof value === 'boolean') return false;
  if (Object.values(known).includes(value)) return true;
  return wishes.some(({ wish }) => {
    const references = wish.wish === 'tell' ? [wish.of] : Object.values(wish.args);
    return references.flatMap(valuesSaid).includes(value);
  });
}

/** A column of a row. */
interface Place {
  readonly entity: string;
  readonly id: string;
  readonly column: string;
}

/** The row and the column that hold what is asked for, or null where the way there is empty. */
export function placeOf(
  ground: Pick<Ground, 'domain' | 'source'>,
  question: Pick<Question, 'entity' | 'id' | 'attr'>,
): Place | null {
  const columns = columnsOf(ground.domain, question.entity, question.attr) ?? [];
  const holder = columns.at(-2)?.type;
  const id = rowsBehind(ground, question).at(-1);
  const column = columns.at(-1);
  if (id === undefined || column === undefined || rowsBehind(ground, question).length < columns.length)
    return null;
  return { entity: holder?.kind === 'row' ? holder.entity : question.entity, id, column: column.column };
}

/** The policies by which the caller must not be told, at the start. */
export function concealersOf(
  ground: Ground,
  question: Pick<Question, 'entity' | 'id' | 'attr'>,
  caller: string,
): readonly Conceal[] {
  const place = placeOf(ground, question);
  return place === null ? [] : concealersAt(ground, place, caller);
}

/** The policies by which the caller must not be told what stands there, at the start. */
export function concealersAt(ground: Ground, place: Place, caller: string): readonly Conceal[] {
  const judged = concealing(ground.domain, place.entity, place.id, caller, ground.source);
  return concealsOn(ground.domain, place).filter(
    ({ id, unless }) => unless?.[place.entity] === undefined || judged.includes(id),
  );
}

/** The policies that conceal a column. */
export function concealsOn(domain: Domain, place: Pick<Place, 'entity' | 'column'>): readonly Conceal[] {
  return domain.policies.filter(
    (policy): policy is Conceal =>
      policy.kind === 'conceal' &&
      policy.of.some(({ entity, column }) => entity === place.entity && column === place.column),
  );
}

/** Ids of the rows that an answer rests on: the one asked about and those on the way to the value. */
export function rowsBehind(
  { domain, source }: Pick<Ground, 'domain' | 'source'>,
  { entity, id, attr }: Pick<Question, 'entity' | 'id' | 'attr'>,
): readonly string[] {
  const attrs = attr.split('.');
  const ways = attrs.slice(0, -1).map((_, index) => attrs.slice(0, index + 1).join('.'));
  return [id, ...ways.map((way) => follow(domain, source, entity, id, way))].filter(
    (row) => typeof row === 'string',
  );
}
