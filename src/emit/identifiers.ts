// Names of constants in an emitted function: what the spec calls things, in camel case, without
// clashes with words of the language, with imports or with each other.
import type { Domain } from '../spec/model.js';
import { camelCase } from '../spec/names.js';

// Words that cannot name a constant in a module; `type`, `from` and the like can.
const words = (
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
  'false finally for function if implements import in instanceof interface let new null package private protected ' +
  'public return static super switch this throw true try typeof undefined var void while with yield'
).split(' ');

const used = (
  'db args context ok fail present sum min max tables tools guards invariants addMinutes dateOf minutesBetween ' +
  'hour day today globalThis Math String Number Boolean Object Array Date NaN Infinity'
).split(' ');

const reserved: ReadonlySet<string> = new Set([...words, ...used]);

/** Gives out names that are free in one function, the same ones every time. */
export interface Names {
  /** The first free of the names wished for, or the first of them with a number. */
  take(...wishes: readonly string[]): string;
  /** The first free of the names wished for, if one is. */
  tryTake(...wishes: readonly string[]): string | undefined;
  /** Names of a block inside, which are free again after it. */
  inside(): Names;
}

export function startNames(outer: ReadonlySet<string> = new Set()): Names {
  const taken = new Set(outer);
  const tryTake = (...wishes: readonly string[]): string | undefined => {
    const free = wishes.map(identifier).find((name) => !taken.has(name));
    if (free !== undefined) taken.add(free);
    return free;
  };
  const take = (...wishes: readonly string[]): string => {
    const [first = 'value'] = wishes.map(identifier);
    return tryTake(...wishes) ?? take(numbered(first, taken));
  };
  return { take, tryTake, inside: () => startNames(taken) };
}

/** A name of the spec as a name in code: `late_fee` is lateFee, `case` is theCase. */
export function identifier(name: string): string {
  const camel = camelCase(name);
  return reserved.has(camel) ? `the${capital(camel)}` : camel;
}

/** The name of the function of a tool or a decision table. */
export function functionName(tool: string): string {
  const camel = camelCase(tool);
  return reserved.has(camel) ? `${camel}Tool` : camel;
}

/** Names of the functions of decision tables, which no constant and no other function may hide. */
export function tableNames(domain: Pick<Domain, 'tables'>): ReadonlySet<string> {
  return new Set(domain.tables.map(({ name }) => functionName(name)));
}

export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function numbered(name: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${name}${number}`)) number += 1;
  return `${name}${number}`;
}
