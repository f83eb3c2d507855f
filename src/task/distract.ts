// Rows that look like what the caller means and are not it. Each is a copy of a row that a wish refers
// to, with one fact that is said of it changed, so that each fact that is said counts. Rows that would
// blur what is meant, break an invariant or make the task another one are not laid.
import { normalForm } from '../core/normal-form.js';
import type { Rng } from '../core/rng.js';
import { rowsMatching } from '../policy/belief/resolve.js';
import type { Reference } from '../policy/talk.js';
import type { JsonObject } from '../core/json.js';
import { createRowChecker, type RowChecker } from '../world/row-checker.js';
import type { LaidRow, Session } from '../world/world.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { cloneRow } from './clone-row.js';
import type { Draft } from './draft.js';
import { breaksOnly } from './forbidden.js';
import { entityNamed, type Ground } from './ground.js';
import { layGround } from './lay-ground.js';
import type { DistractorFailure, Tally } from './tally.js';

/** A row that is meant, by what is said of it. */
export interface Meant {
  readonly reference: Extract<Reference, { type: 'row' }>;
  readonly id: string;
}

/** A copy may bring further rows along; all of them count. */
const mostRows = 3;
const triesARow = 3;

/** Up to so many rows to lay beside the state, as the draft allows. */
export function drawDistractors(
  ground: Ground,
  draft: Draft,
  count: number,
  tally: Tally,
  rng: Rng,
): readonly LaidRow[] {
  if (count === 0) return [];
  const meant = meantRows(draft);
  const facts = meant.flatMap((row) => row.reference.facts.map(({ path }) => ({ row, path })));
  let laid: readonly LaidRow[] = [];
  for (const { row, path } of rng.shuffle(facts).slice(0, count * triesARow)) {
    const more = copyOf(ground, laid, row, path, draft.caller, rng);
    const failure = more === null ? 'no-clone' : objection(ground, [...laid, ...more], more, draft, meant);
    if (failure === null && more !== null) laid = [...laid, ...more];
    else if (failure !== null) tally.note(`distractor:${failure}`);
    if (laid.length >= count) break;
  }
  return laid;
}

/** The rows that the wishes refer to by facts. */
export function meantRows({ errands, chain }: Draft): readonly Meant[] {
  let step = 0;
  return errands.flatMap((errand) => {
    const { wish } = errand.spoken;
    const call = errand.end === 'done' ? chain.run[step++]?.call : 'call' in errand ? errand.call : undefined;
    if (wish.wish === 'tell') return errand.end === 'told' ? meantBy(wish.of, errand.question.id) : [];
    return Object.entries(wish.args).flatMap(([name, reference]) => meantBy(reference, call?.args[name]));
  });
}

function meantBy(reference: Reference, value: JsonObject[string] | undefined): readonly Meant[] {
  if (reference.type === 'row') return typeof value === 'string' ? [{ reference, id: value }] : [];
  if (reference.type === 'list' && Array.isArray(value)) {
    return reference.items.flatMap((item, index) =>
      meantBy(item, (value as readonly JsonObject[string][])[index]),
    );
  }
  if (reference.type !== 'record' || typeof value !== 'object') return [];
  return Object.entries(reference.fields).flatMap(([field, of]) => meantBy(of, (value as JsonObject)[field]));
}

/** A copy of the row with one fact changed; null where none can be, or it brings too much along. */
function copyOf(
  ground: Ground,
  laid: readonly LaidRow[],
  { reference, id }: Meant,
  path: string,
  caller: string,
  rng: Rng,
): readonly LaidRow[] | null {
  const callers = (ground.ids.get(ground.domain.caller) ?? []).filter((other) => other !== caller);
  if (callers.length === 0) return null;
  const rows: LaidRow[] = [];
  const cloning = { ground: layGround(ground, laid), rng, other: rng.pick(callers), rows };
  const copy = cloneRow(cloning, reference.entity, id, path.split('.'));
  return copy === null || laid.length + rows.length > mostRows ? null : rows;
}

function objection(
  ground: Ground,
  laid: readonly LaidRow[],
  more: readonly LaidRow[],
  draft: Draft,
  meant: readonly Meant[],
): DistractorFailure | null {
  const check = checkerOf(ground.world.domain);
  if (more.some(({ entity, row }) => check(entity, row) !== null)) return 'no-row';
  const over = layGround(ground, laid);
  if (!more.every((row) => isUnique(over, row))) return 'not-unique';
  const session = over.open();
  try {
    const broken = session.brokenInvariants('changed');
    if (!broken.ok || broken.value.length > 0) return 'breaks-invariant';
    if (!meant.every((row) => isMeant(over, row, draft.caller))) return 'blurs';
    return comesOut(session, draft) ? null : 'changes-outcome';
  } finally {
    session.close();
  }
}

/** Whether the reference still means the row and no other. */
function isMeant(ground: Ground, { reference: { entity, facts }, id }: Meant, caller: string): boolean {
  const ids = rowsMatching(ground.domain, ground.source, entity, facts, caller);
  return ids.length === 1 && ids[0] === id;
}

/** Whether the rules and the tools do with the calls what they did before. */
function comesOut(session: Session, { caller, chain, errands }: Draft): boolean {
  const forbidden = errands.flatMap((errand) => ('rule' in errand ? [errand] : []));
  if (!forbidden.every(({ call, rule }) => breaksOnly(session, call, caller, rule))) return false;
  for (const { call } of chain.run) {
    const violated = session.violatedGuards(call.tool, call.args, caller);
    if (!violated.ok || violated.value.length > 0) return false;
    if (session.call(call.tool, call.args).type !== 'result') return false;
  }
  const digest = session.digest();
  return digest.ok && digest.value === chain.digest;
}

/** Whether no other row has its unique values, or would be found as it is. */
function isUnique(ground: Ground, { entity: name, row }: LaidRow): boolean {
  const entity = entityNamed(ground, name);
  const unique = entity.columns.filter((column) => column.unique).map(({ column }) => [column]);
  const finds = ground.domain.tools.flatMap((tool) =>
    tool.kind === 'derived' && tool.read === 'find' && tool.entity === name ? [tool.by] : [],
  );
  const rows = ground.source.rows(name, []);
  return [...unique, ...finds].every((columns) => {
    const same = (other: LaidRow['row']): boolean =>
      columns.every((column) => spelling(other[column]) === spelling(row[column]));
    return columns.every((column) => (row[column] ?? null) === null) || rows.filter(same).length === 1;
  });
}

function spelling(value: LaidRow['row'][string] | undefined): string {
  return normalForm(String(value ?? ''));
}

const checkers = new WeakMap<EmittedDomain, RowChecker>();

function checkerOf(domain: EmittedDomain): RowChecker {
  const known = checkers.get(domain) ?? createRowChecker(domain.stateSchema);
  checkers.set(domain, known);
  return known;
}
