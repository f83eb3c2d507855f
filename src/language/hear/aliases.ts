// Nouns that stand for an entity in the descriptions of the tools named after it: where "pay_fine"
// records that a charge is paid and "waive_fine" waives a charge, a charge is a fine.
import type { StateSchema, ToolManifest } from '../../emit/emitted-domain.js';
import { kinOf } from './families.js';
import { singular, stem } from './stem.js';

const plain = new Set(
  'that this with from into than more several each every which what when where have been first last full record number less good together part whole other them whom aside will down over there their they again wrong something'.split(
    ' ',
  ),
);
const shortest = 4;

/** Entities, by their snake names, for the stems of such nouns and of words that say the same. */
export function aliasesOf(
  manifest: readonly ToolManifest[],
  { tables }: StateSchema,
  entities: readonly string[],
): ReadonlyMap<string, string> {
  const taken = takenWords(tables, entities);
  const counts = new Map<string, Map<string, number>>();
  for (const { name, description, effect } of manifest) {
    if (effect !== 'write') continue;
    const named = entities.filter((entity) => new RegExp(`(?:^|_)${entity}(?:s|es)?(?:_|$)`).test(name));
    for (const word of nounsOf(description)) {
      if (taken.has(word)) continue;
      const known = counts.get(word) ?? new Map<string, number>();
      for (const entity of named.length === 0 ? [''] : named) known.set(entity, (known.get(entity) ?? 0) + 1);
      counts.set(word, known);
    }
  }
  const aliases = [...counts].flatMap(([word, known]) => {
    const [best, second] = [...known].sort((left, right) => right[1] - left[1]);
    const clear = best !== undefined && best[0] !== '' && best[1] > (second?.[1] ?? 0);
    return clear ? [[stem(word), best[0]] as const] : [];
  });
  const kin = aliases.flatMap(([word, entity]) => kinOf(word).map((other) => [other, entity] as const));
  return new Map([...kin, ...aliases]);
}

/** Words that name entities, attributes and members themselves. */
function takenWords(tables: StateSchema['tables'], entities: readonly string[]): ReadonlySet<string> {
  const columns = tables.flatMap((table) => table.columns);
  const members = columns.flatMap(({ schema }) =>
    Array.isArray(schema['enum']) ? schema['enum'].map(String) : [],
  );
  return new Set([
    ...entities,
    ...columns.flatMap(({ column }) => column.split('_').map(singular)),
    ...members,
  ]);
}

/** What could be a noun in the first sentence of a description, behind its verb. */
function nounsOf(description: string): ReadonlySet<string> {
  const words = (description.split('. ')[0] ?? '').toLowerCase().match(/[a-z]{1,40}/g) ?? [];
  return new Set(
    words
      .slice(1)
      .map(singular)
      .filter((word) => word.length >= shortest && !/(?:ed|ing)$/.test(word) && !plain.has(word)),
  );
}
