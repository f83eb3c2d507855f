// Which invariants a state breaks. Judged incrementally: only rows that changed since the seed
// state, and rows that an invariant says are touched by them, so the cost is that of the changes.
import { changesOf, type Change } from './changes.js';
import type { LiveTable } from './live-table.js';
import type { Invariant, InvariantRows } from './module-types.js';
import type { Overlay } from './overlay.js';
import type { Row } from './rows.js';
import type { SeedTable } from './seed-table.js';

export interface InvariantChecker {
  /** Ids of the invariants that do not hold, in the order they are declared. */
  broken(overlays: readonly (Overlay | undefined)[], everything: boolean): string[];
}

type Judge = (db: object, row: Row | undefined) => unknown;
type Reach = (db: object, row: Row) => InvariantRows;

interface Rule {
  readonly id: string;
  readonly holds: Judge;
  /** The table whose rows are judged; null when the state is judged as a whole. */
  readonly live: LiveTable | null;
  readonly key: string;
  /** Position among the rules. */
  readonly at: number;
}

/** What a change of one entity means to a rule. */
interface Concern {
  readonly rule: Rule;
  readonly isOwn: boolean;
  readonly reach: Reach | 'all' | null;
}

/** Rows that a rule must judge, by id; 'all' for all there are. */
type Judged = Map<string, Row> | 'all';

export function createInvariantChecker(
  db: object,
  seeds: readonly SeedTable[],
  tables: ReadonlyMap<string, LiveTable>,
  invariants: Readonly<Record<string, Invariant<object>>>,
): InvariantChecker {
  const keys = new Map(seeds.map(({ info }) => [info.entity, info.key]));
  const rules: Rule[] = [];
  const concerns = new Map<string, Concern[]>(seeds.map(({ info }) => [info.entity, []]));
  for (const [id, { of, holds, touchedBy }] of Object.entries(invariants)) {
    const live = of === null ? null : (tables.get(of) ?? null);
    const key = (of === null ? undefined : keys.get(of)) ?? '';
    const rule = { id, holds: holds as Judge, live, key, at: rules.length };
    rules.push(rule);
    for (const [entity, list] of concerns) {
      const found = Object.hasOwn(touchedBy, entity) ? (touchedBy[entity] as Reach | 'all') : null;
      const reach = found !== null && live === null ? 'all' : found;
      if (reach !== null || entity === of) list.push({ rule, isOwn: entity === of, reach });
    }
  }

  const holdsFor = ({ live, holds }: Rule, rows: Iterable<Row | undefined>): boolean => {
    for (const row of live === null ? [undefined] : rows) if (holds(db, row) !== true) return false;
    return true;
  };
  /** Of all rows: judged once for rules that say the same of them. */
  const holdsForAll = (rule: Rule, known: Map<Judge, boolean>): boolean => {
    const before = known.get(rule.holds);
    if (before !== undefined) return before;
    const found = holdsFor(rule, rule.live?.table.all() ?? []);
    known.set(rule.holds, found);
    return found;
  };

  return {
    broken(overlays, everything) {
      const known = new Map<Judge, boolean>();
      if (everything) return rules.filter((rule) => !holdsForAll(rule, known)).map(({ id }) => id);
      const judged: (Judged | undefined)[] = [];
      seeds.forEach((seed, table) => {
        if (overlays[table] === undefined) return;
        const list = concerns.get(seed.info.entity) ?? [];
        const changes = list.length === 0 ? [] : changesOf(seed, overlays[table]);
        if (changes.length > 0) for (const concern of list) gather(db, concern, changes, judged);
      });
      const broken: string[] = [];
      for (const rule of rules) {
        const rows = judged[rule.at];
        if (rows === undefined) continue;
        const holds = rows === 'all' ? holdsForAll(rule, known) : holdsFor(rule, rows.values());
        if (!holds) broken.push(rule.id);
      }
      return broken;
    },
  };
}

/** Adds the rows that a rule must judge because of the changes of one entity. */
function gather(
  db: object,
  { rule, isOwn, reach }: Concern,
  changes: readonly Change[],
  judged: (Judged | undefined)[],
): void {
  if (reach === 'all') judged[rule.at] = 'all';
  const known = judged[rule.at];
  if (known === 'all') return;
  const rows = known ?? new Map<string, Row>();
  judged[rule.at] = rows;
  for (const { id, before, after } of changes) {
    if (isOwn && after !== null) rows.set(id, after);
    if (reach === null || reach === 'all') continue;
    for (const side of before === null ? [after] : [before, after]) {
      if (side === null) continue;
      for (const found of reach(db, side) as readonly (Row | undefined)[]) {
        const foundId = found?.[rule.key];
        if (typeof foundId !== 'string' || rows.has(foundId)) continue;
        const current = rule.live?.table.get(foundId);
        if (current !== undefined) rows.set(foundId, current);
      }
    }
  }
}
