// The generators that faker lends: paths as `person.fullName` or `animal.dog`. A path is good when it
// leads to a function that gives a text, a whole number or a yes or no without arguments, and names
// nothing of the real world (see `refused`). Draws are seeded from our own streams.
import { faker } from '@faker-js/faker/locale/en';
import type { Rng } from '../core/rng.js';
import { didYouMean } from './issues.js';

export type FakerValue = string | number | boolean;

const refused = new Map([
  ['fakerCore', 'is no source of values'],
  ['helpers', 'needs arguments'],
  ['image', 'gives addresses of real sites'],
]);
// These would give hosts that exist; ours end in a name kept for examples (RFC 2606).
const hosts: Readonly<Record<string, (word: string) => string>> = {
  'internet.domainName': (word) => `${word}.example`,
  'internet.url': (word) => `https://${word}.example/`,
};
// 555-0100 to 555-0199 are kept for fiction.
const numbers: Readonly<Record<string, (rng: Rng) => string>> = {
  'phone.number': (rng) =>
    `${rng.int(2, 9)}${rng.int(0, 8)}${rng.int(0, 9)}-555-01${rng.int(0, 9)}${rng.int(0, 9)}`,
};
const mail = new Set(['internet.email', 'internet.exampleEmail']);
const samples = 4000;
const known = new Map<string, readonly FakerValue[] | null>();

/** Why a path cannot be used, or what kind of value it gives. */
export function checkFakerPath(
  path: string,
):
  | { readonly ok: true; readonly gives: 'string' | 'int' | 'bool' }
  | { readonly ok: false; readonly message: string; readonly hint?: string } {
  const [module = '', name = ''] = path.split('.');
  const reason = refused.get(module);
  if (reason !== undefined) return { ok: false, message: `'${path}' ${reason}` };
  const draw = drawerOf(path);
  if (draw === undefined || path.split('.').length !== 2 || name === '') {
    const hint = didYouMean(path, fakerPaths());
    const message = `no generator '${path}'`;
    return hint === undefined ? { ok: false, message } : { ok: false, message, hint };
  }
  const found = probe(draw);
  if (found === 'string' || found === 'int' || found === 'bool') return { ok: true, gives: found };
  return { ok: false, message: `'${path}' gives ${found}, not a value that a column can hold` };
}

/** One value of a path that was checked. */
export function fakerValue(path: string, rng: Rng): FakerValue {
  const own = numbers[path];
  if (own !== undefined) return own(rng);
  faker.seed(rng.int(0, 0x7fffffff));
  const host = hosts[path];
  if (host !== undefined) return host(faker.internet.domainWord());
  if (mail.has(path)) return faker.internet.exampleEmail().toLowerCase();
  const value = drawerOf(path)?.();
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value);
}

/** All values of a path, sorted, where they are few enough to be known; null for practically unbounded. */
export function fakerValues(path: string): readonly FakerValue[] | null {
  if (numbers[path] !== undefined || hosts[path] !== undefined || mail.has(path)) return null;
  const cached = known.get(path);
  if (cached !== undefined) return cached;
  faker.seed(1);
  const draw = drawerOf(path) ?? (() => '');
  const found = new Set<FakerValue>();
  for (let drawn = 0; drawn < samples; drawn++) found.add(draw() as FakerValue);
  // When most draws are new, what was seen says nothing of how many there are.
  const values = found.size > samples / 2 ? null : [...found].sort((a, b) => (a < b ? -1 : 1));
  known.set(path, values);
  return values;
}

/** A few words that mean little: "quiet harbor". */
export function fakerWords(count: number, rng: Rng): string {
  faker.seed(rng.int(0, 0x7fffffff));
  const words = Array.from({ length: Math.max(0, count - 1) }, () => faker.word.adjective());
  return [...words, faker.word.noun()].join(' ');
}

/** Every path that could be meant, for suggestions. */
function fakerPaths(): readonly string[] {
  const paths: string[] = [];
  for (const [module, holder] of Object.entries(faker)) {
    if (refused.has(module) || typeof holder !== 'object' || holder === null) continue;
    for (const name of methodsOf(holder as object)) paths.push(`${module}.${name}`);
  }
  return paths;
}

function methodsOf(holder: object): readonly string[] {
  const own = [...Object.keys(holder), ...Object.getOwnPropertyNames(Object.getPrototypeOf(holder))];
  return own.filter(
    (name) => name !== 'constructor' && typeof (holder as Record<string, unknown>)[name] === 'function',
  );
}

function drawerOf(path: string): (() => unknown) | undefined {
  const [module = '', name = ''] = path.split('.');
  const modules = faker as unknown as Record<string, unknown>;
  const holder = Object.hasOwn(modules, module) ? modules[module] : undefined;
  if (typeof holder !== 'object' || holder === null || !methodsOf(holder).includes(name)) return undefined;
  return () => (holder as Record<string, () => unknown>)[name]?.();
}

/** What the function gives, in words; the same over a few draws. */
function probe(draw: () => unknown): string {
  faker.seed(1);
  const kinds = new Set<string>();
  try {
    for (let drawn = 0; drawn < 8; drawn++) kinds.add(kindOf(draw()));
  } catch {
    return 'nothing without arguments';
  }
  return [...kinds].sort().join(' or ');
}

function kindOf(value: unknown): string {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isSafeInteger(value) ? 'int' : 'a fraction';
  if (value instanceof Date) return "a moment (use 'date:-30d..0d')";
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
