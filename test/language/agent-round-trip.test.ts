// What an agent means and says is what is heard: every act of every domain, in each of its forms.
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRight } from '../../bench/corpus.js';
import { deriveRng } from '../../src/core/rng.js';
import { emitDomain } from '../../src/emit/emit.js';
import type { EmittedDomain } from '../../src/emit/emitted-domain.js';
import { lexiconOf } from '../../src/language/hear/lexicon.js';
import { readText } from '../../src/language/read-agent.js';
import { realiseAgent } from '../../src/language/realise-agent.js';
import type { AgentAct, TypedValue } from '../../src/policy/talk.js';
import { saysSame } from '../../src/policy/told.js';
import { readSpec } from '../../src/spec/read.js';
import { fakeDomain } from '../env/fake-world.js';
import { awkwardText, someArguments, someDate, someDateTime } from './schema-values.js';

const folder = new URL('../../domains/', import.meta.url);
const domains = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name): EmittedDomain => {
    const read = readSpec(readFileSync(new URL(name, folder), 'utf8'));
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    return emitDomain(read.value);
  });

describe.each([fakeDomain, ...domains])('an agent of $id', (domain) => {
  const lexicon = lexiconOf(domain);
  const columns = domain.stateSchema.tables.flatMap((table) => table.columns.map(({ column }) => column));
  const slots = [
    ...lexicon.slots.filter(({ common }) => common).map(({ slot }) => slot),
    ...lexicon.entities.map(({ slot }) => slot),
    ...lexicon.tools.flatMap(({ params }) => params.map(({ name }) => name)),
  ];
  const hear = (act: AgentAct, seed: number, label?: string): { text: string; heard: AgentAct[] } => {
    const text = realiseAgent(act, {
      domain,
      rng: deriveRng(seed, 'wording'),
      label: () => label,
    });
    return { text, heard: readText(text, { domain, seen: [], wishes: [] }) };
  };
  /** The act as it was heard, where that is another. */
  const misheard = (act: AgentAct, seed: number): unknown => {
    const { text, heard } = hear(act, seed);
    const line = { id: '', domain: domain.id, style: '', context: {}, text, acts: [act] };
    return isRight(line, heard) ? null : { text, act, heard };
  };
  const seed = fc.integer({ min: 0, max: 1_000_000 });

  it('is heard to ask', () => {
    const some = fc.uniqueArray(fc.constantFrom(...new Set(slots)), {
      minLength: 1,
      maxLength: 3,
      selector: (slot) => slot.replace(/_ids?$|s$/, ''),
    });
    fc.assert(
      fc.property(some, seed, (asked, at) => {
        expect(misheard({ act: 'ask', slots: asked }, at)).toBeNull();
      }),
    );
  });

  it('is heard to propose exactly this call', () => {
    const calls = domain.manifest
      .filter(({ effect }) => effect === 'write')
      .map(({ name, parameters }) => someArguments(parameters).map((args) => ({ tool: name, args })));
    fc.assert(
      fc.property(fc.oneof(...calls), seed, (call, at) => {
        expect(misheard({ act: 'propose', call }, at)).toBeNull();
      }),
      { numRuns: 400 },
    );
  });

  const typed: fc.Arbitrary<TypedValue> = fc.oneof(
    fc.integer({ min: -50, max: 2_000_000 }).map((value) => ({ type: 'int', value }) as const),
    fc.integer({ min: -500, max: 200_000_000 }).map((value) => ({ type: 'money', value }) as const),
    fc
      .integer({ min: 1, max: 99_999_999 })
      .filter((tenThousandths) => tenThousandths % 10_000 !== 0)
      .map((tenThousandths) => ({ type: 'number', value: tenThousandths / 10_000 }) as const),
    someDate.map((value) => ({ type: 'date', value }) as const),
    someDateTime.map((value) => ({ type: 'datetime', value }) as const),
    awkwardText.map((value) => ({ type: 'string', value }) as const),
    fc.constantFrom('LO-12345', 'PA-100000').map((value) => ({ type: 'id', value }) as const),
    fc.boolean().map((value) => ({ type: 'bool', value }) as const),
    ...(lexicon.members.size === 0
      ? []
      : [fc.constantFrom(...lexicon.members.values()).map((value) => ({ type: 'enum', value }) as const)]),
  );

  it('is heard to tell these values and no other', () => {
    const label = fc.option(fc.constantFrom(...columns), { nil: undefined });
    const some = fc.array(typed, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(some, label, seed, (values, name, at) => {
        const { text, heard } = hear({ act: 'tell', values }, at, name);
        const [told, ...others] = heard;
        const said = told?.act === 'tell' ? told.values : [];
        const missing = values.filter((value) => !said.some((other) => saysSame(value, other)));
        const more = said.filter((value) => !values.some((other) => saysSame(value, other)));
        expect({ text, missing, more, others }).toEqual({ text, missing: [], more: [], others: [] });
      }),
      { numRuns: 300 },
    );
  });

  it('is heard to refuse by each rule, and to close', () => {
    for (let at = 0; at < 8; at++) {
      for (const { id } of domain.talkPolicies)
        expect(misheard({ act: 'refuse', policy: id }, at)).toBeNull();
      expect(misheard({ act: 'refuse', policy: 'unnamed' }, at)).toBeNull();
      expect(misheard({ act: 'close' }, at)).toBeNull();
    }
  });
});
