// Shapes of tools: they know structure and no names, and by them the two hand-written domains differ.
import { describe, expect, it } from 'vitest';
import { domainShape, shapeOverlap, shapeRounds, toolShapes } from '../../src/graph/structure.js';
import type { ContentHash } from '../../src/core/hash.js';
import type { Domain } from '../../src/spec/model.js';
import { domainText, readDomain } from './read-domain.js';

const text = domainText('library');
const library = readDomain(text);

/** Names of the tools whose shape is another one in the other domain. */
function reshaped(one: Domain, other: Domain): readonly string[] {
  const shapes = toolShapes(other);
  return one.tools.flatMap(({ name }, index) => (toolShapes(one)[index] === shapes[index] ? [] : [name]));
}

describe('the shape of a tool', () => {
  it('does not depend on names', () => {
    const renamed = readDomain(
      text
        .replaceAll('Pickup', 'Parcel')
        .replaceAll('pickup', 'parcel')
        .replaceAll('renew', 'prolong')
        .replaceAll('LOAN', 'LENDING')
        .replaceAll('mill_road', 'old_town')
        .replaceAll('on_hold_shelf', 'kept_aside'),
    );
    expect(renamed.tools.map(({ name }) => name)).not.toEqual(library.tools.map(({ name }) => name));
    expect(toolShapes(renamed)).toEqual(toolShapes(library));
    expect(domainShape(renamed)).toBe(domainShape(library));
  });

  it('changes with a rule, for the tools under that rule alone', () => {
    const without = readDomain(text.replace(/ {2}- id: two_renewals\n(?: {4}.*\n)+/, ''));
    expect(without.policies).toHaveLength(library.policies.length - 1);
    expect(reshaped(library, without)).toEqual(['renew_loan']);
    expect(domainShape(without)).not.toBe(domainShape(library));
  });

  it('changes with a parameter', () => {
    const other = readDomain(text.replace('method: { enum: [card, cash] }', 'method: { type: int }'));
    expect(reshaped(library, other)).toEqual(['pay_fine']);
  });
});

describe('the overlap of shapes', () => {
  const clinic = readDomain(domainText('veterinary-clinic'));
  const overlap = (rounds?: number, one = library, other = clinic): number =>
    shapeOverlap(toolShapes(one, rounds), toolShapes(other, rounds));

  it('counts each tool once, against the smaller domain', () => {
    const [a, b, c] = ['a', 'b', 'c'] as unknown as [ContentHash, ContentHash, ContentHash];
    expect(shapeOverlap([a, a, b], [a, c])).toBe(1 / 2);
    expect(shapeOverlap([a, a], [a, a, b])).toBe(1);
    expect(shapeOverlap([], [a])).toBe(0);
  });

  it('is whole for a domain and itself and at most a half for the two domains', () => {
    expect(shapeOverlap(toolShapes(library), toolShapes(library))).toBe(1);
    console.log(
      `shape overlap by rounds: ${[0, 1, 2, 3].map((n) => `${n}: ${overlap(n).toFixed(2)}`).join(', ')}`,
    );
    expect(shapeRounds).toBe(2);
    expect(overlap()).toBeLessThanOrEqual(0.5);
    expect(overlap()).toBeGreaterThan(0.1); // else the measure would tell nothing
  });

  it('is below a half for the newer domains and each of the others', () => {
    const desk = readDomain(domainText('card-desk'));
    const carrier = readDomain(domainText('parcel-carrier'));
    for (const [one, other] of [
      [desk, library],
      [desk, clinic],
      [carrier, library],
      [carrier, clinic],
      [carrier, desk],
    ] as const) {
      expect(overlap(0, one, other)).toBeGreaterThan(0.5); // kinds of tools alone do not tell them apart
      expect(overlap(shapeRounds, one, other)).toBeLessThan(0.5);
    }
  });
});
