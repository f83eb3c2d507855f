// From what a user says of a row to the rows it may be. The search starts at the narrowest read
// that the facts allow and follows references backwards (the book by its title, its copies, the
// loan); the remaining facts are then verified row by row.
import type { RowSource } from '../../spec/evaluate.js';
import type { Domain } from '../../spec/model.js';
import type { Fact } from '../talk.js';
import type { Equal } from './need.js';
import { columnsOf, entityOf, follow } from './path.js';
import { compareReach, reachOf, type Reach } from './read-call.js';

/** Ids of the rows of an entity for which all facts hold. */
export function rowsMatching(
  domain: Domain,
  source: RowSource,
  entity: string,
  facts: readonly Fact[],
  caller: string | null,
): readonly string[] {
  const key = entityOf(domain, entity).key;
  // Several ways may lead to one row: a source takes equalities as hints.
  let ids = [...new Set(startingRows(domain, source, entity, facts, caller).map((row) => String(row[key])))];
  const byLength = [...facts].sort((left, right) => steps(left.path) - steps(right.path));
  for (const fact of byLength) {
    const wanted = 'caller' in fact ? caller : fact.value;
    ids = ids.filter((id) => follow(domain, source, entity, id, fact.path) === wanted);
  }
  return ids;
}

interface Start {
  readonly reach: Reach;
  readonly rows: () => ReturnType<RowSource['rows']>;
}

function startingRows(
  domain: Domain,
  source: RowSource,
  entity: string,
  facts: readonly Fact[],
  caller: string | null,
): ReturnType<RowSource['rows']> {
  const equals = direct(domain, entity, facts, caller);
  const starts: Start[] = [];
  const reach = reachOf(domain, entity, equals);
  if (reach !== null) starts.push({ reach, rows: () => source.rows(entity, equals) });
  for (const [attr, inner] of behindReferences(facts)) {
    const column = columnsOf(domain, entity, attr)?.[0];
    if (column === undefined || column.type.kind !== 'row') continue;
    const target = column.type.entity;
    const through = (id: string): readonly Equal[] => [...equals, { column: column.column, value: id }];
    const reach = reachOf(domain, entity, through(''));
    if (reach !== 'reference' || startReach(domain, target, inner, caller) === null) continue;
    // A step backwards is as wide as what it starts from.
    const width = startReach(domain, target, inner, caller) ?? 'all';
    starts.push({
      reach: width === 'exact' ? 'reference' : width,
      rows: () =>
        rowsMatching(domain, source, target, inner, caller).flatMap((id) => source.rows(entity, through(id))),
    });
  }
  starts.sort((left, right) => compareReach(left.reach, right.reach));
  return (starts[0]?.rows ?? (() => source.rows(entity, equals)))();
}

const reaches = new WeakMap<Domain, Map<string, Reach | null>>();

/** How narrowly a search for these facts can begin, or null when no read gives a beginning. */
export function startReach(
  domain: Domain,
  entity: string,
  facts: readonly Fact[],
  caller: string | null = null,
): Reach | null {
  const known = reaches.get(domain) ?? new Map<string, Reach | null>();
  reaches.set(domain, known);
  // It hangs on what the facts are about, and of their values only on whether they say something.
  const about = facts.map((fact) => {
    const value = 'caller' in fact ? caller : fact.value;
    return `${fact.path}${value === null ? '?' : value === '' ? '!' : ''}`;
  });
  const key = `${entity} ${about.join(' ')}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const reach = findReach(domain, entity, facts, caller);
  known.set(key, reach);
  return reach;
}

function findReach(
  domain: Domain,
  entity: string,
  facts: readonly Fact[],
  caller: string | null,
): Reach | null {
  const found = [reachOf(domain, entity, direct(domain, entity, facts, caller))];
  for (const [attr, inner] of behindReferences(facts)) {
    const column = columnsOf(domain, entity, attr)?.[0];
    if (column?.type.kind !== 'row') continue;
    const step = reachOf(domain, entity, [{ column: column.column, value: '' }]);
    const behind = startReach(domain, column.type.entity, inner, caller);
    if (step === 'reference' && behind !== null) found.push(behind === 'exact' ? 'reference' : behind);
  }
  return found.filter((reach) => reach !== null).sort(compareReach)[0] ?? null;
}

/** Facts about the row's own columns. */
function direct(domain: Domain, entity: string, facts: readonly Fact[], caller: string | null): Equal[] {
  return facts.flatMap((fact) => {
    const columns = columnsOf(domain, entity, fact.path);
    const column = columns?.length === 1 ? columns[0] : undefined;
    if (column === undefined) return [];
    return [{ column: column.column, value: 'caller' in fact ? caller : fact.value }];
  });
}

/** Facts about referred rows, by the reference, seen from the referred row. */
function behindReferences(facts: readonly Fact[]): ReadonlyMap<string, Fact[]> {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const [attr = '', ...rest] = fact.path.split('.');
    if (rest.length === 0) continue;
    const inner = { ...fact, path: rest.join('.') };
    groups.set(attr, [...(groups.get(attr) ?? []), inner]);
  }
  return groups;
}

function steps(path: string): number {
  return path.split('.').length;
}
