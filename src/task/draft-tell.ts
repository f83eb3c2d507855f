// Tasks that want to be told: values of rows that the caller can describe, which a read shows and
// the caller has not said.
import type { ContentHash } from '../core/hash.js';
import { must } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { columnsOf, follow } from '../policy/belief/path.js';
import { concealedBy } from '../policy/belief/rules.js';
import type { Scalar, TypedValue } from '../policy/talk.js';
import { typedValue } from '../policy/typed-value.js';
import type { Column } from '../spec/model.js';
import { plainConduct } from './conduct.js';
import { rejected, type Drafted } from './draft.js';
import { wishToBeTold, type SpokenWish } from './goal.js';
import { identifyCaller, openClerk, recovers, say, work } from './gold.js';
import { entityNamed, freeRows, ownerOf, type Ground } from './ground.js';
import { knownOf, type KnownSlots } from './scenario.js';
import type { Step } from './task.js';
import { pickLeastUsed, type Usage } from './use.js';

/** A value to be told: of which row, which attribute. */
interface Question {
  readonly entity: string;
  readonly id: string;
  readonly attr: string;
  readonly value: TypedValue;
}

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

export function draftTell(
  ground: Ground,
  usage: Usage,
  key: string,
  seedDigest: ContentHash,
  rng: Rng,
): Drafted {
  const callers = ground.ids.get(ground.domain.caller) ?? [];
  const [entity = ''] = key.split('.');
  const anchor = pickRow(ground, entity, null, rng);
  if (anchor === null || callers.length === 0) return rejected('no-row');
  const caller = ownerOf(ground, anchor) ?? pickLeastUsed(usage, callers, rng);
  const known = knownOf(ground, caller, rng);
  const questions: Question[] = [];
  const wishes: SpokenWish[] = [];
  const keys = [key];
  if (rng.chance(0.4)) keys.push(pickLeastUsed(usage, questionsOf(ground), rng));
  for (const [index, each] of keys.entries()) {
    const found = ask(ground, caller, each, index === 0 ? anchor : null, questions, rng);
    if (found === null) continue;
    questions.push(found.question);
    wishes.push(found.wish);
  }
  if (questions.length === 0) return rejected('not-describable');
  if (questions.some(({ value }) => hasSaid(wishes, known, value.value))) return rejected('already-said');
  const gold = goldFor(ground, caller, known, wishes, questions);
  if (typeof gold === 'string') return rejected(gold);
  const communicate = questions.map((question) => question.value);
  // Who has not read the row has guessed: half of all guesses at a flag are right.
  const rows = [...new Set(questions.map(({ id }) => id))].toSorted();
  return {
    draft: {
      kind: 'tell',
      caller,
      known,
      wishes,
      gold,
      goal: { accepts: [{ digest: seedDigest, communicate }], actsNeeded: [{ act: 'read', rows }] },
      conduct: plainConduct(wishes.length, false),
      subsets: { run: 0, reaching: 0 },
      used: [caller, ...questions.map((question) => `${question.entity}.${question.attr}`)],
    },
  };
}

/** A question about the given row, or about one the caller may ask about. */
function ask(
  ground: Ground,
  caller: string,
  key: string,
  anchor: string | null,
  before: readonly Question[],
  rng: Rng,
): { readonly question: Question; readonly wish: SpokenWish } | null {
  const [entity = '', attr = ''] = key.split('.');
  const column = columnsOf(ground.domain, entity, attr)?.[0];
  if (column === undefined) return null;
  for (let attempt = 0; attempt < rowsTried; attempt++) {
    const id = anchor ?? pickRow(ground, entity, caller, rng);
    const value = id === null ? null : (ground.source.get(entity, id)?.[column.column] ?? null);
    if (id === null || value === null || asksTwice(before, entity, id, attr)) continue;
    if (concealedBy(ground.domain, { entity, id }, column.column, caller, ground.source) !== null) {
      if (anchor !== null) return null;
      continue;
    }
    const wish = wishToBeTold(ground, caller, entity, id, attr, rng);
    if (wish !== null) return { question: { entity, id, attr, value: typedValue(column, value) }, wish };
    if (anchor !== null) return null;
  }
  return null;
}

function asksTwice(before: readonly Question[], entity: string, id: string, attr: string): boolean {
  return before.some((one) => one.entity === entity && one.id === id && one.attr === attr);
}

/** A row of the caller's own or of nobody's (of anybody's, without a caller), one still in use where there is one. */
function pickRow(ground: Ground, entity: string, caller: string | null, rng: Rng): string | null {
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

function hasSaid(wishes: readonly SpokenWish[], known: KnownSlots, value: Scalar): boolean {
  if (Object.values(known).includes(value)) return true;
  return wishes.some(({ wish }) => {
    const of = wish.wish === 'tell' ? wish.of : null;
    return of?.type === 'row' && of.facts.some((fact) => 'value' in fact && fact.value === value);
  });
}

function goldFor(
  ground: Ground,
  caller: string,
  known: KnownSlots,
  wishes: readonly SpokenWish[],
  questions: readonly Question[],
): readonly Step[] | string {
  const session = ground.world.open();
  try {
    const clerk = openClerk(ground, session, caller);
    if (!identifyCaller(clerk, known)) return 'caller-not-found';
    for (const [index, { wish }] of wishes.entries()) {
      const of = must(wish.wish === 'tell' ? wish.of : undefined, 'a question');
      if (!recovers(clerk, of, questions[index]?.id)) return 'not-recoverable';
    }
    for (const { entity, id, attr, value } of questions) {
      const read = work(clerk, (source) => follow(ground.domain, source, entity, id, attr));
      if (read?.value !== value.value) return 'not-readable';
      say(clerk, { act: 'tell', values: [value] });
    }
    return clerk.steps;
  } finally {
    session.close();
  }
}
