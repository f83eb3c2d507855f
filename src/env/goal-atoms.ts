// The atoms of a goal: the single facts that a solved task comes to. Their share that holds is the
// potential Φ of a state, and its difference from turn to turn is the progress of a turn
// (Ng, Harada & Russell 1999). Reads and words move the atoms of the talk; only a write moves the cells.
import { hashJson } from '../core/hash.js';
import { canonicalJson } from '../core/json.js';
import type { ColumnSchema, StateSchema } from '../emit/emitted-domain.js';
import { answers, saysSame, type Question } from '../policy/told.js';
import type { TalkState } from '../policy/talk.js';
import { isDone } from '../task/act-done.js';
import type { Goal } from '../task/task.js';
import { compared, digestChanges } from '../world/digest.js';
import type { GuestRow, RowChange } from '../../sandbox/guest-api.js';

/** What of a goal is worked out before anyone plays. */
export interface GoalAtoms {
  /** Who has to be identified on gold's way; null where nobody has. */
  readonly caller: string | null;
  /** Rows that must have been read. */
  readonly rows: readonly string[];
  /** Refusals and hand-overs to make. */
  readonly acts: Goal['actsNeeded'];
  /** The cells that gold changes, as text. */
  readonly cells: readonly string[];
  readonly accepts: Goal['accepts'];
}

/** How far the world has come: moved by writes alone. Plain. */
export interface Standing {
  /** How many of gold's cells are there. */
  readonly cells: number;
  /** The accepted end that this state is, or else the first. */
  readonly accept: number;
}

export const noCells: Standing = { cells: 0, accept: 0 };

export function goalAtoms(
  schema: StateSchema,
  goal: Goal,
  changes: readonly RowChange[],
  caller: string | null,
): GoalAtoms {
  const named = goal.actsNeeded.flatMap((needed) => (needed.act === 'identify' ? [needed.caller] : []));
  return {
    caller: named[0] ?? caller,
    rows: goal.actsNeeded.flatMap((needed) => (needed.act === 'read' ? needed.rows : [])),
    acts: goal.actsNeeded.filter(({ act }) => act === 'refuse' || act === 'transfer'),
    cells: spellCells(schema, changes),
    accepts: goal.accepts,
  };
}

/** How far a world with these changes has come. */
export function standingOf(
  schema: StateSchema,
  { cells, accepts }: GoalAtoms,
  changes: readonly RowChange[],
): Standing {
  if (accepts.length > 1) {
    const digest = digestChanges(schema, changes);
    const accept = accepts.findIndex((end) => end.digest === digest);
    if (accept >= 0) return { cells: cells.length, accept };
  }
  const there = new Map<string, number>();
  for (const cell of spellCells(schema, changes)) there.set(cell, (there.get(cell) ?? 0) + 1);
  let found = 0;
  for (const cell of cells) {
    const left = there.get(cell) ?? 0;
    if (left === 0) continue;
    there.set(cell, left - 1);
    found += 1;
  }
  return { cells: found, accept: 0 };
}

/** Φ: the share of the atoms that hold; 1 for a goal that has none. */
export function potentialOf(
  atoms: GoalAtoms,
  talk: TalkState,
  question: Question,
  standing: Standing,
): number {
  const { caller, rows, acts, cells, accepts } = atoms;
  const wanted = accepts[standing.accept]?.communicate ?? [];
  const all = (caller === null ? 0 : 1) + rows.length + acts.length + cells.length + wanted.length;
  if (all === 0) return 1;
  let held = standing.cells;
  if (caller !== null && talk.identified === caller) held += 1;
  for (const row of rows) if (talk.seen.includes(row)) held += 1;
  for (const act of acts) if (isDone(talk, act)) held += 1;
  // Nothing may have been told that could answer a question and does not, as the grader asks.
  const couldBe: Question['couldBe'] = (told) =>
    question.couldBe(told) && !wanted.some((value) => saysSame(value, told));
  for (const value of talk.told.length === 0 ? [] : wanted) {
    if (answers(talk, { wanted: [value], couldBe })) held += 1;
  }
  return held / all;
}

/** References are followed so far when a made row is spelled. */
const depth = 3;

/**
 * Each cell that changed, with what it says now. A made row has no id that counts, so it is one cell
 * and spelled by its content, with that of the made rows it refers to.
 */
function spellCells(schema: StateSchema, changes: readonly RowChange[]): string[] {
  const tables = new Map(schema.tables.map((table) => [table.entity, table.columns]));
  const columnsOf = ({ entity }: RowChange): readonly ColumnSchema[] =>
    (tables.get(entity) ?? []).filter(({ role, match }) => role !== 'key' && match !== 'exempt');
  const made = changes.filter(({ before, after }) => before === null && after !== null);
  let labels: ReadonlyMap<string, string> = new Map(made.map(({ id, entity }) => [id, `new ${entity}`]));
  for (let round = 0; round < depth; round++) {
    const known = labels;
    const spell = (change: RowChange, row: GuestRow): string =>
      hashJson([change.entity, columnsOf(change).map((column) => compared(column, row, known))]);
    labels = new Map(
      made.map((change) => [change.id, change.after === null ? '' : spell(change, change.after)]),
    );
  }
  return changes.flatMap((change): string[] => {
    const { entity, id, before, after } = change;
    if (before === null) return after === null ? [] : [`new ${entity} ${labels.get(id) ?? ''}`];
    if (after === null) return [`${entity} ${id} removed`];
    return columnsOf(change)
      .filter((column) => compared(column, before) !== compared(column, after))
      .map((column) => `${entity} ${id} ${column.column} ${canonicalJson(compared(column, after, labels))}`);
  });
}
