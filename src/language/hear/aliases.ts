// Nouns that stand for an entity in the descriptions of the tools named after it: where "pay_fine"
// records that a charge is paid and "waive_fine" waives a charge, a charge is a fine.
import type { StateSchema, ToolManifest } from '../../emit/emitted-domain.js';
import { singular } from './stem.js';

const plain = new Set(
  'a an the and or of to for in on at by with from as that this it its is are be was were has have been not no than more one two several all each every who which what when where how new open full first last day days time record number less good together part own whole other them whom aside will waiting active paid with up down off over there their they again'.split(
    ' ',
  ),
);

export function aliasesOf(manifest: readonly ToolManifest[], { tables }: StateSchema): ReadonlyMap<string, string> {
  const entities = tables.map(({ entity }) => entity.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase());
  const columns = new Set(tables.flatMap((table) => table.columns.flatMap(({ column }) => column.split('_').map(singular))));
  const members = new Set(
    tables.flatMap((table) => table.columns.flatMap(({ schema }) => (Array.isArray(schema['enum']) ? schema['enum'].map(String) : []))),
  );
  const counts = new Map<string, Map<string, number>>();
  for (const { name, description, effect } of manifest) {
    if (effect !== 'write') continue;
    const named = entities.filter((entity) => new RegExp(`(?:^|_)${entity}(?:s|es)?(?:_|$)`).test(name));
    const sentence = description.split('. ')[0] ?? '';
    const words = (sentence.toLowerCase().match(/[a-z]+/g) ?? []).slice(1).map(singular);
    for (const word of new Set(words)) {
      if (word.length < 4 || /(?:ed|ing)$/.test(word) || plain.has(word) || entities.includes(word) || columns.has(word) || members.has(word)) continue;
      const known = counts.get(word) ?? new Map<string, number>();
      for (const entity of named) known.set(entity, (known.get(entity) ?? 0) + 1);
      if (named.length === 0) known.set('', (known.get('') ?? 0) + 1);
      counts.set(word, known);
    }
  }
  return new Map(
    [...counts].flatMap(([word, known]) => {
      const [best, second] = [...known].sort((left, right) => right[1] - left[1]);
      return best === undefined || best[0] === '' || best[1] <= (second?.[1] ?? 0) ? [] : [[word, best[0]] as const];
    }),
  );
}
