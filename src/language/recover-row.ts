// From mentions to the row they mean: the one row of the caller's scope that has all the values. Each
// mention may stand for several attributes; the likeliest sets of facts are tried, and one that fits
// exactly one row is what was meant.
import type { RowSource } from '../spec/evaluate.js';
import type { Domain } from '../spec/model.js';
import { columnsOf, entityOf, follow, nearestPaths, pathsToCaller } from '../policy/belief/path.js';
import type { Value } from '../spec/state.js';
import { rowsMatching, startReach } from '../policy/belief/resolve.js';
import type { Fact, Reference, Scalar } from '../policy/talk.js';
import { knownPaths, readingsAs } from './known-paths.js';
import { wordsIn } from './lexicon.js';
import type { Mention } from './recover-mentions.js';

/** Whose words are read, and what the reader can look up. */
export interface Scope {
  readonly domain: Domain;
  readonly caller: string | null;
  readonly source: RowSource;
  /** Which rows facts fit, for who has all rows at hand. */
  readonly fitting?: (entity: string, facts: readonly Fact[]) => readonly string[];
}

const mostSets = 48;
/** Of more rows than this nobody looks for the one whose values stand in the text. */
const mostRows = 80;

/**
 * The reference to the one row that all the mentions fit, or null when none or several do. Where it may be
 * one or another, the row is meant of which most other values stand in the text, as "a road atlas" may,
 * which looks like no value.
 */
export function recoverRow(
  scope: Scope,
  entity: string,
  mentions: readonly Mention[],
  text: string,
): Reference | null {
  const { domain } = scope;
  const { words } = entityOf(domain, entity);
  const isNamed = mentions.length > 0 || new RegExp(`\\b(?:my|our) ${words}\\b`, 'i').test(text);
  for (const stated of factSets(domain, entity, mentions)) {
    for (const together of scopes(domain, entity, stated)) {
      const near = withinReach(scope, entity, filled(scope, entity, together));
      const told = near.flatMap((all) => namedFacts(scope, entity, all, text));
      const facts = bestFit(scope, entity, told, text, true) ?? bestFit(scope, entity, near, text, isNamed);
      if (facts !== null) return { type: 'row', entity, facts };
    }
  }
  return null;
}

/** The facts that fit one row: of several, those that the text names by most values. */
function bestFit(
  scope: Scope,
  entity: string,
  sets: readonly (readonly Fact[])[],
  text: string,
  isNamed: boolean,
): readonly Fact[] | null {
  let best: Fitting | null = null;
  for (const facts of sets) {
    const { domain, source, caller } = scope;
    const rows = scope.fitting?.(entity, facts) ?? rowsMatching(domain, source, entity, facts, caller);
    if (rows.length === 0 || rows.length > mostRows) continue;
    // Without any value, the only one of its kind is meant if it is called by its name.
    const only = rows.length === 1 && isNamed ? { facts, further: 0 } : null;
    const found = namedIn(scope, entity, facts, rows, text) ?? only;
    if (found !== null && (best === null || found.further > best.further)) best = found;
  }
  return best?.facts ?? null;
}

/**
 * The facts with one more that the text names, as "a road atlas" may, found where rows of the caller are
 * listed. Whoever has to look things up comes to the row so, and need not look through all of them.
 */
function namedFacts(
  { domain, caller, source, fitting }: Scope,
  entity: string,
  facts: readonly Fact[],
  text: string,
): readonly (readonly Fact[])[] {
  if (fitting !== undefined) return [];
  const words = wordsIn(text);
  return namingPaths(domain, entity, facts).flatMap((path) => {
    const [attr = '', ...rest] = path.split('.');
    const column = columnsOf(domain, entity, attr)?.[0];
    const listed =
      rest.length === 0
        ? { of: entity, by: facts.filter((fact) => !fact.path.includes('.')) }
        : { of: column?.type.kind === 'row' ? column.type.entity : null, by: factsBehind(facts, attr) };
    const { of, by } = listed;
    if (of === null || rest.length > 1 || by.length === 0 || startReach(domain, of, by, caller) === null)
      return [];
    const name = rest[0] ?? attr;
    const values = rowsMatching(domain, source, of, by, caller)
      .map((id) => follow(domain, source, of, id, name))
      .filter((value) => isNamedBy(words, value));
    return [...new Set(values)].map((value) => [...facts, { path, value }]);
  });
}

/** The facts about what an attribute refers to, as seen from there. */
function factsBehind(facts: readonly Fact[], attr: string): readonly Fact[] {
  return facts.flatMap((fact) =>
    fact.path.startsWith(`${attr}.`) ? [{ ...fact, path: fact.path.slice(attr.length + 1) }] : [],
  );
}

/** The sets of facts that fit some row, as far as that can be told without looking it up. */
function filled(
  { fitting }: Scope,
  entity: string,
  together: readonly (readonly Fact[])[],
): readonly (readonly Fact[])[] {
  return fitting === undefined ? together : together.filter((facts) => fitting(entity, facts).length > 0);
}

/**
 * The sets of facts that can be looked up from somewhere. What has an owner is looked for among all only
 * where nothing else singles it out, as somebody's reservation by their name.
 */
function withinReach(
  { domain, caller }: Scope,
  entity: string,
  together: readonly (readonly Fact[])[],
): readonly (readonly Fact[])[] {
  const owners = ownersOf(domain, entity);
  return together.filter((facts) => {
    const reach = startReach(domain, entity, facts, caller);
    if (reach === 'exact' || reach === 'reference') return true;
    return (
      reach !== null &&
      (owners.length === 0 ||
        isUnique(domain, entity, facts) ||
        facts.some(({ path }) => isOwners(owners, path)))
    );
  });
}

/** Whether a value that no two rows have is among the facts. */
function isUnique(domain: Domain, entity: string, facts: readonly Fact[]): boolean {
  return facts.some(
    ({ path }) => entityOf(domain, entity).columns.find(({ attr }) => attr === path)?.unique === true,
  );
}

/** The paths on which a row of the entity may lead to the caller. */
function ownersOf(domain: Domain, entity: string): readonly string[] {
  return pathsToCaller(domain, entityOf(domain, entity)).filter((path) => path !== '');
}

/** Whether a path is to an attribute of a row's owner. */
function isOwners(owners: readonly string[], path: string): boolean {
  return owners.some((owner) => path.startsWith(`${owner}.`));
}

/** Facts that fit one row, and how many of them were found by its values. */
interface Fitting {
  readonly facts: readonly Fact[];
  readonly further: number;
}

/** The one of the rows of which more known values stand in the text than of any other. */
function namedIn(
  { domain, source }: Scope,
  entity: string,
  facts: readonly Fact[],
  rows: readonly string[],
  text: string,
): Fitting | null {
  const words = wordsIn(text);
  const paths = namingPaths(domain, entity, facts);
  const found = rows.map((id) =>
    paths.flatMap((path): Fact[] => {
      const value = follow(domain, source, entity, id, path) ?? null;
      return isNamedBy(words, value) ? [{ path, value }] : [];
    }),
  );
  const most = Math.max(...found.map(({ length }) => length));
  const best = found.filter(({ length }) => length === most);
  const [only] = best;
  if (most === 0 || best.length > 1 || only === undefined) return null;
  return { facts: [...facts, ...only], further: most };
}

/** Where a row has words that may name it, beside those that the facts have. */
function namingPaths(domain: Domain, entity: string, facts: readonly Fact[]): readonly string[] {
  return knownPaths(domain, entity)
    .filter(
      ({ path, column, named }) =>
        (named || !path.includes('.')) &&
        column.type.kind === 'string' &&
        column.pattern === undefined &&
        !facts.some((fact) => fact.path === path),
    )
    .map(({ path }) => path);
}

function isNamedBy(text: readonly string[], value: Value | undefined): value is string {
  return typeof value === 'string' && standsIn(text, value);
}

const shortest = 4;

/** Whether the words of a value stand in a text, one after the other; articles do not count. */
function standsIn(text: readonly string[], value: string): boolean {
  const words = wordsIn(value).filter((word, at) => at > 0 || !/^(?:a|an|the|some)$/.test(word));
  if (words.join('').length < shortest) return false;
  return text.some((_, at) => words.every((word, further) => text[at + further] === word));
}

/** Whether every mention can stand for an attribute of the entity's rows, no two for the same. */
export function canName(domain: Domain, entity: string, mentions: readonly Mention[]): boolean {
  return mentions.length === 0 || !factSets(domain, entity, mentions).next().done;
}

/**
 * Sets of facts that the mentions may state, the likeliest first: those that need the fewest unlikely
 * readings and paths.
 */
function* factSets(domain: Domain, entity: string, mentions: readonly Mention[]): Generator<readonly Fact[]> {
  const paths = knownPaths(domain, entity);
  const owners = ownersOf(domain, entity);
  const options = mentions.map((mention) =>
    paths.flatMap(({ path, column, named }, nearness) => {
      // "Six jars of honey" says nothing of how many pieces a collection has that they may go with.
      if (mention.kind === 'count' && !named && path.includes('.')) return [];
      const far = isPossessive(mention) ? Number(!isOwners(owners, path)) * afterOwner : nearness;
      return readingsAs(mention, column.type, column).map((value, at) => ({ path, value, cost: at + far }));
    }),
  );
  const dearest = options.map((ways) => Math.max(0, ...ways.map(({ cost }) => cost)));
  const most = dearest.reduce((sum, cost) => sum + cost, 0);
  let left = mostSets;
  for (let cost = 0; cost <= most && left > 0; cost++) {
    for (const facts of setsOf(options, cost, [])) {
      if (left-- <= 0) return;
      yield facts;
    }
  }
}

/** "Ann Lee's saw" names first of all whose it is. */
const afterOwner = 3;

function isPossessive({ kind, at, end, readings }: Mention): boolean {
  return kind === 'name' && String(readings[0]?.value).length < end - at;
}

interface Way {
  readonly path: string;
  readonly value: Scalar;
  readonly cost: number;
}

/** The sets that take one way of each mention and cost exactly so much; no two facts have one path. */
function* setsOf(
  options: readonly (readonly Way[])[],
  cost: number,
  facts: readonly Fact[],
): Generator<readonly Fact[]> {
  const [here, ...rest] = options;
  if (here === undefined) {
    if (cost === 0) yield facts;
    return;
  }
  for (const { path, value, cost: own } of here) {
    if (own > cost || facts.some((fact) => fact.path === path)) continue;
    yield* setsOf(rest, cost - own, [...facts, { path, value }]);
  }
}

/**
 * Who speaks of a thing means their own, unless they name its owner or it belongs to nobody. What stands
 * together is as likely: a parcel is theirs whether they send or get it.
 */
function scopes(
  domain: Domain,
  entity: string,
  facts: readonly Fact[],
): readonly (readonly (readonly Fact[])[])[] {
  const owners = ownersOf(domain, entity);
  const own = nearestPaths(owners).map((path): readonly Fact[] => [{ path, caller: true }, ...facts]);
  if (own.length === 0) return [[facts]];
  if (facts.length === 0) return [own];
  const needsNoOwner = isUnique(domain, entity, facts) || facts.some(({ path }) => isOwners(owners, path));
  return needsNoOwner ? [[facts], own] : [own, [facts]];
}
