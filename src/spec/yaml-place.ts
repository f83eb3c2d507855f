// Places in a YAML document: the line of a path, and keys that stand twice in one mapping.
import { isAlias, isMap, isPair, isScalar, isSeq, type Document, type LineCounter, type Node } from 'yaml';
import type { Locate } from './issues.js';

/** Finds the line of a path, or of the nearest place above it. */
export function locator(document: Document, lines: LineCounter): Locate {
  const keysOf = new WeakMap<object, ReadonlyMap<string, { readonly key: Node; readonly value: unknown }>>();
  return (path) => {
    let node: unknown = document.contents;
    let offset = document.contents?.range?.[0] ?? 0;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(document);
      if (isMap(node)) {
        const known = keysOf.get(node) ?? indexKeys(node.items);
        keysOf.set(node, known);
        const pair = known.get(String(step));
        if (pair === undefined) break;
        offset = pair.key.range?.[0] ?? offset;
        node = pair.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        offset = (node as Node | undefined)?.range?.[0] ?? offset;
      } else break;
    }
    return lines.linePos(offset).line;
  };
}

function indexKeys(items: readonly unknown[]): ReadonlyMap<string, { key: Node; value: unknown }> {
  const known = new Map<string, { key: Node; value: unknown }>();
  for (const item of items) {
    if (isPair(item) && isScalar(item.key))
      known.set(String(item.key.value), { key: item.key, value: item.value });
  }
  return known;
}

/** Keys that stand twice in one mapping, and where the second stands. */
export function repeatedKeys(
  document: Document,
): readonly { readonly key: string; readonly offset: number }[] {
  const repeated: { key: string; offset: number }[] = [];
  const open: unknown[] = [document.contents];
  for (let node = open.pop(); node !== undefined || open.length > 0; node = open.pop()) {
    if (isSeq(node)) open.push(...node.items);
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : undefined;
      if (name !== undefined && seen.has(name))
        repeated.push({ key: name, offset: (key as Node).range?.[0] ?? 0 });
      if (name !== undefined) seen.add(name);
      open.push(value);
    }
  }
  return repeated.sort((left, right) => left.offset - right.offset);
}
