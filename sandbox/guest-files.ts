// Which modules the guest can load, and from where. Domain modules see each other and
// 'toolgrove/guest'; everything else, the runtime included, is out of their reach.
import { readFileSync } from 'node:fs';
import { compiledUrl } from './compiled.js';

const guestPrefix = 'guest:/';
const domainPrefix = 'domain:/';

/** Names of the two modules that the host evaluates: lock and runtime, then the domain. */
export const bootModule = `${guestPrefix}sandbox/guest/boot.js`;
export const mainModule = `${domainPrefix}main.js`;

/** What gathers the exports of a domain. */
export const mainText = `
export { tables } from './state.js';
export { tools } from './tools.js';
export { guards, invariants } from './guards.js';
`;

/** The full name of a module that `importer` asks for; null when it may not have it. */
export function resolveGuestModule(importer: string, requested: string): string | null {
  const fromDomain = importer.startsWith(domainPrefix);
  if (requested === 'toolgrove/guest') return `${guestPrefix}sandbox/guest/index.js`;
  if (fromDomain) {
    return /^\.\/[A-Za-z0-9_-]+\.js$/.test(requested) ? domainPrefix + requested.slice(2) : null;
  }
  if (!importer.startsWith(guestPrefix)) return null;
  const resolved = requested.startsWith(guestPrefix) ? requested : new URL(requested, importer).href;
  return resolved.startsWith(guestPrefix) ? resolved : null;
}

const texts = new Map<string, string>();

/** The text of a module by its full name; null when there is none. */
export function guestModuleText(name: string, domain: Readonly<Record<string, string>>): string | null {
  if (name.startsWith(domainPrefix)) {
    const path = name.slice(domainPrefix.length);
    return Object.hasOwn(domain, path) ? (domain[path] ?? null) : null;
  }
  if (!name.startsWith(guestPrefix)) return null;
  let text = texts.get(name);
  if (text === undefined) {
    const source = new URL(`../${name.slice(guestPrefix.length)}`, import.meta.url);
    text = readFileSync(compiledUrl(source), 'utf8');
    texts.set(name, text);
  }
  return text;
}
