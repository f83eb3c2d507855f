// From mentions to the row they mean: the one row of the caller's scope that has all the values. Each
// mention may stand for several attributes; the likeliest sets of facts are tried, and one that fits
// exactly one row is what was meant.
import type { RowSource } from '../spec/evaluate.js';
import type { Domain } from '../spec/model.js';
import { entityOf, follow, nearestPaths, pathsToCaller } from '../policy/belief/path.js';
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
  const { domain, caller, source } = scope;
  const { words } = entityOf(domain, entity);
  const isNamed = mentions.length > 0 || new RegExp(`\\b(?:my|our) ${words}\\b`, 'i').test(text);
  for (const facts of factSets(domain, entity, mentions)) {
    for (const together of scopes(domain, entity, facts)) {
      const near = withinReach(scope, entity, filled(scope, entity, together));
      const fitting = near.flatMap((all): Fitting[] => {
        const rows = scope.fitting?.(entity, all) ?? rowsMatching(domain, source, entity, all, caller);
        if (rows.length === 0 || rows.length > mostRows) return [];
        // Without any value, the only one of its kind is meant if it is called by its name.
        const only = rows.length === 1 && isNamed ? { facts: all, further: 0 } : null;
        const further = namedIn(scope, entity, all, rows, text) ?? only;
        return further === null ? [] : [further];
      });
      const most = Math.max(...fitting.map(({ further }) => further));
      const best = fitting.find(({ further }) => further === most);
      if (best !== undefined) return { type: 'row', entity, facts: best.facts };
    }
  }
  return null;
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
    return reach !== null && (owners.length === 0 || facts.some(({ path }) => isOwners(owners, path)));
  });
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
  const paths = knownPaths(domain, entity).filter(
    ({ path, column, named }) =>
      (named || !path.includes('.')) &&
      column.type.kind === 'string' &&
      column.pattern === undefined &&
      !facts.some((fact) => fact.path === path),
  );
  const found = rows.map((id) =>
    paths.flatMap(({ path }): Fact[] => {
      const value = follow(domain, source, entity, id, path) ?? null;
      return typeof value === 'string' && standsIn(words, value) ? [{ path, value }] : [];
    }),
  );
  const most = Math.max(...found.map(({ length }) => length));
  const best = found.filter(({ length }) => length === most);
  const [only] = best;
  if (most === 0 || best.length > 1 || only === undefined) return null;
  return { facts: [...facts, ...only], further: most };
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
    paths.flatMap(({ path, column }, nearness) => {
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
  return facts.some(({ path }) => isOwners(owners, path)) ? [[facts], own] : [own, [facts]];
}
