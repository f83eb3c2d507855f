// From mentions to the row they mean: the one row of the caller's scope that has all the values. Each
// mention may stand for several attributes; the likeliest sets of facts are tried, and one that fits
// exactly one row is what was meant.
import type { RowSource } from '../spec/evaluate.js';
import type { Domain } from '../spec/model.js';
import { entityOf, pathsToCaller } from '../policy/belief/path.js';
import { rowsMatching, startReach } from '../policy/belief/resolve.js';
import type { Fact, Reference } from '../policy/talk.js';
import { knownPaths, readingsAs } from './known-paths.js';
import type { Mention } from './recover-mentions.js';

/** Whose words are read, and what the reader can look up. */
export interface Scope {
  readonly domain: Domain;
  readonly caller: string | null;
  readonly source: RowSource;
}

const mostSets = 48;

/** The reference to the one row that all the mentions fit, or null when none or several do. */
export function recoverRow(scope: Scope, entity: string, mentions: readonly Mention[]): Reference | null {
  const { domain, caller } = scope;
  for (const facts of factSets(domain, entity, mentions)) {
    for (const all of scopes(domain, entity, facts)) {
      if (startReach(domain, entity, all, caller) === null) continue;
      if (rowsMatching(domain, scope.source, entity, all, caller).length === 1) {
        return { type: 'row', entity, facts: all };
      }
    }
  }
  return null;
}

/** Whether every mention can stand for an attribute of the entity's rows, no two for the same. */
export function canName(domain: Domain, entity: string, mentions: readonly Mention[]): boolean {
  return mentions.length === 0 || !factSets(domain, entity, mentions).next().done;
}

/** Sets of facts that the mentions may state, the likeliest first. */
function* factSets(domain: Domain, entity: string, mentions: readonly Mention[]): Generator<readonly Fact[]> {
  const paths = knownPaths(domain, entity);
  const options = mentions.map((mention) =>
    paths.flatMap(({ path, column }) =>
      readingsAs(mention, column.type, column).map((value) => ({ path, value })),
    ),
  );
  let made = 0;
  const extend = function* (sofar: readonly Fact[], at: number): Generator<readonly Fact[]> {
    if (made >= mostSets) return;
    const here = options[at];
    if (here === undefined) {
      made += 1;
      yield sofar;
      return;
    }
    for (const fact of here) {
      if (sofar.some(({ path }) => path === fact.path)) continue;
      yield* extend([...sofar, fact], at + 1);
    }
  };
  yield* extend([], 0);
}

/** Who speaks of a thing means their own, unless they name its owner or it belongs to nobody. */
function scopes(domain: Domain, entity: string, facts: readonly Fact[]): readonly (readonly Fact[])[] {
  const owners = pathsToCaller(domain, entityOf(domain, entity)).filter((path) => path !== '');
  const own = owners.map((path): readonly Fact[] => [{ path, caller: true }, ...facts]);
  const namesOwner = facts.some(({ path }) => owners.some((owner) => path.startsWith(`${owner}.`)));
  const bare = facts.length === 0 ? [] : [facts];
  return namesOwner ? [...bare, ...own] : [...own, ...bare];
}
