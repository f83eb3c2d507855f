// How a caller describes a row: the smallest set of facts that a user can know, of which one fits
// this row and no other, said in a phrase of the domain where it has one. The facts and the words
// are made together, so neither says more than the other.
import type { Fact, Reference, Scalar } from '../policy/talk.js';
import { columnsOf, follow, nearestPaths, pathOf } from '../policy/belief/path.js';
import { compareReach } from '../policy/belief/read-call.js';
import { startReach } from '../policy/belief/resolve.js';
import type { Phrase, Type } from '../spec/model.js';
import type { Rng } from '../core/rng.js';
import { rowsFitting } from './fact-index.js';
import { belonging, entityNamed, ownerOf, type Ground } from './ground.js';
import { sayValue, type Manner } from '../language/manner.js';
import { fillSlot, inTheNameOf, sayList, withQuotes } from '../language/words.js';

/** A description: what it says as facts, and how to say it. */
export interface Description {
  readonly reference: Reference;
  readonly say: (manner: Manner) => string;
  /** What `say` puts in brackets behind the name of the row; '' for nothing. */
  readonly more: (manner: Manner) => string;
}

interface KnownFact {
  readonly path: string;
  readonly value: Scalar;
  readonly type: Type;
}

/** Facts beyond those of the phrase. */
const mostExtras = 2;

/** Describes the row for the caller, or null when nothing the caller can know singles it out. */
export function describeRow(
  ground: Ground,
  caller: string,
  entity: string,
  id: string,
  rng: Rng,
): Description | null {
  if (entity === ground.domain.caller && id === caller) {
    return { reference: { type: 'caller' }, say: () => 'my account', more: () => '' };
  }
  const bases = phraseBases(ground, caller, entity, id);
  bases.push(...plainBases(ground, caller, entity, id));
  const extras = knownFacts(ground, entity, id);
  for (let more = 0; more <= mostExtras; more++) {
    const fitting = bases.flatMap((base) =>
      choose(extras, more).flatMap((extra) => finish(ground, caller, entity, base, extra) ?? []),
    );
    if (fitting.length === 0) continue;
    const best = fitting.toSorted(compareDrafts)[0];
    const equals = fitting.filter((draft) => best !== undefined && compareDrafts(draft, best) === 0);
    return rng.pick(equals).description;
  }
  return null;
}

interface Base {
  readonly facts: readonly KnownFact[];
  readonly own: string | null; // path to the caller that the words imply
  readonly plain: boolean;
  readonly say: (manner: Manner) => string;
}

/**
 * The domain's phrases for the entity. Who calls about a thing means their own unless they say whose
 * it is, so an own row's phrase states that too; somebody else's row gets its owner's name.
 */
function phraseBases(ground: Ground, caller: string, entity: string, id: string): Base[] {
  const own = ownPath(ground, entity, id, caller);
  const isForeign = own === null && belonging(ground, id, caller) !== 'shared';
  return (ground.domain.say.entities[entity] ?? []).flatMap((phrase): Base[] => {
    const facts = factsOf(ground, entity, id, phrase);
    if (facts === null) return [];
    const fill = (template: string, manner: Manner): string => {
      let text = withQuotes(template, manner.quotes);
      for (const [index, slot] of phrase.slots.entries()) {
        const fact = facts[index];
        if (fact === undefined) continue;
        text = fillSlot(text, slot.text, sayFact(ground, fact, manner));
      }
      return text;
    };
    const say = (manner: Manner): string => fill(phrase.template, manner);
    if (!isForeign) return [{ facts, own, plain: false, say }];
    const owner = ownerFact(ground, entity, id);
    if (owner === null || /\b(me|mine|I|our)\b/.test(phrase.template)) return [];
    const name = String(owner.value);
    const named = inTheNameOf(name, phrase.template);
    const theirs =
      named === phrase.template
        ? (manner: Manner): string => `${say(manner)} in the name of ${name}`
        : (manner: Manner): string => fill(named, manner);
    return [{ facts: [...facts, owner], own: null, plain: false, say: theirs }];
  });
}

/** "my loan" or "the loan", for rows that no phrase singles out. */
function plainBases(ground: Ground, caller: string, entity: string, id: string): Base[] {
  const words = entityNamed(ground, entity).words;
  const own = ownPath(ground, entity, id, caller);
  const owner = own === null ? ownerFact(ground, entity, id) : null;
  if (owner !== null) {
    const name = String(owner.value);
    const say = (): string => (entity === ground.domain.caller ? name : `${name}'s ${words}`);
    return [{ facts: [owner], own: null, plain: true, say }];
  }
  return [{ facts: [], own, plain: true, say: () => `${own === null ? 'the' : 'my'} ${words}` }];
}

interface Draft {
  readonly size: number;
  readonly plain: boolean;
  readonly wide: boolean;
  readonly description: Description;
}

function compareDrafts(left: Draft, right: Draft): number {
  return (
    Number(left.wide) - Number(right.wide) ||
    Number(left.plain) - Number(right.plain) ||
    left.size - right.size
  );
}

/** The base with further facts, if together they pick out exactly one row that can be looked up. */
function finish(
  ground: Ground,
  caller: string,
  entity: string,
  base: Base,
  extras: readonly KnownFact[],
): Draft | null {
  if (extras.some((extra) => base.facts.some((fact) => fact.path === extra.path))) return null;
  const facts: Fact[] = [...base.facts, ...extras].map(({ path, value }) => ({ path, value }));
  if (!isUnmistakable(ground, caller, entity, facts, base.own)) return null;
  if (base.own !== null) facts.unshift({ path: base.own, caller: true });
  if (facts.length === 0) return null;
  const reach = startReach(ground.domain, entity, facts, caller);
  if (reach === null) return null;
  const more = (manner: Manner): string =>
    sayList(extras.map((fact) => `${sayPath(fact.path)} ${sayFact(ground, fact, manner)}`));
  const say = (manner: Manner): string =>
    extras.length === 0 ? base.say(manner) : `${base.say(manner)} (${more(manner)})`;
  return {
    size: facts.length,
    plain: base.plain,
    wide: compareReach(reach, 'all') === 0,
    description: { reference: { type: 'row', entity, facts }, say, more },
  };
}

/**
 * Whether one row fits. "My parcel" is what the caller sends as well as what they get, so no row fits on
 * another path to the caller either.
 */
function isUnmistakable(
  ground: Ground,
  caller: string,
  entity: string,
  facts: readonly Fact[],
  own: string | null,
): boolean {
  if (own === null) return rowsFitting(ground, entity, facts, caller).length === 1;
  const fitting = nearestPaths(ground.paths.get(entity) ?? []).flatMap((path) =>
    rowsFitting(ground, entity, [{ path, caller: true }, ...facts], caller),
  );
  return new Set(fitting).size === 1;
}

/** What a user can know of a row: known columns of its own and of what it refers to. */
function knownFacts(ground: Ground, entity: string, id: string, prefix = '', depth = 0): KnownFact[] {
  const facts: KnownFact[] = [];
  const row = ground.source.get(entity, id);
  if (row === undefined) return [];
  for (const column of entityNamed(ground, entity).columns) {
    const value = row[column.column] ?? null;
    if (value === null) continue;
    const path = `${prefix}${column.attr}`;
    if (column.role === 'value' && column.known && column.type.kind !== 'text') {
      facts.push({ path, value, type: column.type });
    } else if (column.role === 'reference' && column.type.kind === 'row' && depth < 2) {
      facts.push(...knownFacts(ground, column.type.entity, String(value), `${path}.`, depth + 1));
    }
  }
  return facts;
}

/** The facts that a phrase states of the row, or null when one is not there. */
function factsOf(ground: Ground, entity: string, id: string, phrase: Phrase): KnownFact[] | null {
  const facts: KnownFact[] = [];
  for (const slot of phrase.slots) {
    const path = pathOf(slot.path);
    const value = path === '' ? undefined : follow(ground.domain, ground.source, entity, id, path);
    const column = columnsOf(ground.domain, entity, path)?.at(-1);
    if (value === undefined || value === null || column === undefined) return null;
    facts.push({ path, value, type: column.type });
  }
  return facts;
}

/** The path on which the row is the caller's own. */
function ownPath(ground: Ground, entity: string, id: string, caller: string): string | null {
  const paths = nearestPaths(ground.paths.get(entity) ?? []);
  return paths.find((path) => follow(ground.domain, ground.source, entity, id, path) === caller) ?? null;
}

/** The name of somebody else's row's owner, as a fact about the row. */
function ownerFact(ground: Ground, entity: string, id: string): KnownFact | null {
  const owner = ownerOf(ground, id);
  const path = (ground.paths.get(entity) ?? []).find(
    (path) => path === '' || follow(ground.domain, ground.source, entity, id, path) === owner,
  );
  const name = entityNamed(ground, ground.domain.caller).columns.find(
    (column) => column.known && column.attr === 'name',
  );
  if (owner === null || path === undefined || name === undefined) return null;
  const value = ground.source.get(ground.domain.caller, owner)?.[name.column] ?? null;
  if (value === null) return null;
  return { path: path === '' ? name.attr : `${path}.${name.attr}`, value, type: name.type };
}

function sayFact({ domain }: Ground, { value, type }: KnownFact, manner: Manner): string {
  return sayValue(value, type, manner, domain.say.values);
}

/** The attribute, and whose it is where many things have one. */
function sayPath(path: string): string {
  const attrs = path.split('.');
  const general = ['name', 'title', 'kind', 'type', 'category', 'status'].includes(attrs.at(-1) ?? '');
  return attrs
    .slice(general ? -2 : -1)
    .join(' ')
    .replaceAll('_', ' ');
}

/** All sets of `size` items, in order. */
function choose<T>(items: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, index) =>
    choose(items.slice(index + 1), size - 1).map((rest) => [item, ...rest]),
  );
}
