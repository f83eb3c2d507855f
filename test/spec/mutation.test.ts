// Misspelt names: of random changes of one letter in one name that a spec refers to, the checker
// finds nearly all without running anything, and mostly knows what was meant.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { deriveRng, type Rng } from '../../src/core/rng.js';
import { checkSpec } from '../../src/spec/check.js';

// Keys whose values are prose, values or declarations; what they hold refers to nothing.
const prose = new Set(
  'format id title agent clock from doc text gen pattern of enum default match type kind plural'.split(' '),
);
const words = new Set('and or not in where true false null now today write'.split(' '));

interface Place {
  readonly holder: Record<string, unknown>;
  readonly key: string; // of the holder: a value, or itself when it is a path that is set
  readonly isKey: boolean;
  readonly from: number;
  readonly name: string;
}

it.each(['library', 'veterinary-clinic', 'card-desk', 'equipment-rental'])(
  'finds at least 95 in 100 misspelt names in the %s',
  (domain) => {
    const source: unknown = parse(readFileSync(`domains/${domain}.yaml`, 'utf8'));
    expect(checkSpec(source).ok).toBe(true);
    const rng = deriveRng(7, 'misspelt', domain);
    const count = placesOf(structuredClone(source)).length;
    const missed: string[] = [];
    let hinted = 0;
    for (let run = 0; run < 150; run++) {
      const spec: unknown = structuredClone(source);
      const place = placesOf(spec)[rng.int(0, count - 1)];
      if (place === undefined) throw new Error('no place');
      const name = misspelt(place.name, rng);
      apply(place, name);
      const checked = checkSpec(spec);
      if (checked.ok) missed.push(`${place.name} → ${name} in ${place.key}`);
      else if (checked.error.some((issue) => issue.hint === `did you mean '${place.name}'?`)) hinted++;
    }
    expect(missed.slice(7)).toEqual([]);
    expect(hinted).toBeGreaterThan(120);
  },
);

function placesOf(spec: unknown): readonly Place[] {
  const places: Place[] = [];
  const visit = (value: unknown, holder: Record<string, unknown>, key: string, declared: boolean): void => {
    if (typeof value === 'string' && !prose.has(key)) places.push(...namesIn(value, holder, key, false));
    if (typeof value !== 'object' || value === null || prose.has(key)) return;
    const inner = value as Record<string, unknown>;
    for (const [name, item] of Object.entries(inner)) {
      if (key === 'require' && Array.isArray(item))
        visit(item[0], item as unknown as Record<string, unknown>, '0', false);
      else if (key !== 'events' && key !== 'states') visit(item, inner, name, declared);
      if (key === 'set' || key === 'with') places.push(...namesIn(name, inner, name, true));
    }
  };
  const { entities, tools, policies, invariants } = spec as Record<string, Record<string, unknown>>;
  visit(entities, {}, 'entities', true);
  visit(tools, {}, 'tools', true);
  visit(policies, {}, 'policies', false);
  visit(invariants, {}, 'invariants', false);
  return places;
}

function namesIn(
  text: string,
  holder: Record<string, unknown>,
  key: string,
  isKey: boolean,
): readonly Place[] {
  return [...text.matchAll(/\b[A-Za-z_]\w*\b/g)]
    .filter(([name]) => !words.has(name) && name.length > 2)
    .map((match) => ({ holder, key, isKey, from: match.index, name: match[0] }));
}

function misspelt(name: string, rng: Rng): string {
  const at = rng.int(0, name.length - 1);
  const letter = rng.pick('abcdefghijklmnopqrstuvwxyz'.split('').filter((one) => one !== name.charAt(at)));
  const kind = rng.pick(['change', 'leave out', 'add', 'swap'] as const);
  if (kind === 'swap' && at + 1 < name.length && name[at] !== name[at + 1]) {
    return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2);
  }
  const kept = kind === 'add' ? name.slice(at) : name.slice(at + 1);
  return name.slice(0, at) + (kind === 'leave out' ? '' : letter) + kept;
}

function apply({ holder, key, isKey, from, name }: Place, to: string): void {
  const change = (text: string): string => text.slice(0, from) + to + text.slice(from + name.length);
  if (isKey) {
    const value = holder[key];
    Reflect.deleteProperty(holder, key);
    holder[change(key)] = value;
  } else holder[key] = change(holder[key] as string);
}
