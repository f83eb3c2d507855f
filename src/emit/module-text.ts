// The top of an emitted module: what it is, what it imports, and the lengths of time it speaks of.
import { group, ifBroken, indent, join, line, print, type Doc } from './layout.js';
import { wrap } from './function-text.js';
import type { FileNeeds } from './file-needs.js';

/** A whole module from its body. */
export function emittedFile(needs: FileNeeds, about: string, body: string): string {
  const imports = [
    ...(needs.imports.size === 0 ? [] : [importLine(sorted(needs.imports), 'toolgrove/guest', false)]),
    ...(needs.types.size === 0 ? [] : [importLine(sorted(needs.types), './state.js', true)]),
    ...(needs.tables.size === 0 ? [] : [importLine(sorted(needs.tables), './tables.js', false)]),
  ];
  const minutes = [
    ...(needs.durations.size > 0 ? ['// Durations are in minutes.'] : []),
    ...(needs.durations.has('hour') ? ['const hour = 60;'] : []),
    ...(needs.durations.has('day') ? ['const day = 24 * 60;'] : []),
  ];
  const sections = [
    wrap(about, 100)
      .map((text) => `// ${text}`)
      .concat(imports)
      .join('\n'),
    ...(minutes.length === 0 ? [] : [minutes.join('\n')]),
    body,
  ];
  return `${sections.join('\n\n')}\n`;
}

function importLine(names: readonly string[], from: string, types: boolean): string {
  const allTypes = types || names.every((name) => name.startsWith('type '));
  const shown = allTypes ? names.map((name) => name.replace(/^type /, '')) : names;
  const list: Doc = group(['{', indent([line, join([',', line], shown)]), ifBroken(','), line, '}']);
  return print([`import ${allTypes ? 'type ' : ''}`, list, ` from '${from}';`]);
}

/** Values by name, then types by name. */
function sorted(names: ReadonlySet<string>): readonly string[] {
  const rank = (name: string): string => `${name.startsWith('type ') ? 1 : 0}${name}`;
  return [...names].sort((left, right) => (rank(left) < rank(right) ? -1 : 1));
}
