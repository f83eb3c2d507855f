// Places in a YAML document: the line of a path, and what no spec has.
import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Document,
  type LineCounter,
  type Node,
} from 'yaml';
import type { Locate } from './issues.js';

/** How many aliases a document may have, and how many parts they may stand for. */
export const mostAliases = 100;

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

/** Something of a document that no spec has, and where it stands. */
interface Oddity {
  readonly message: string;
  readonly offset: number;
}

/** Keys that stand twice in one mapping, keys that are no text, aliases without an anchor. */
export function findOddities(document: Document): readonly Oddity[] {
  const found: Oddity[] = [];
  const anchors = new Set<string>();
  const aliases: { readonly name: string; readonly offset: number }[] = [];
  const open: unknown[] = [document.contents];
  while (open.length > 0) {
    const node = open.pop();
    if (isAlias(node)) aliases.push({ name: node.source, offset: node.range?.[0] ?? 0 });
    else if (isNode(node) && node.anchor !== undefined) anchors.add(node.anchor);
    if (isSeq(node)) for (const item of node.items) open.push(item);
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      open.push(value);
      const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
      if (!isScalar(key)) {
        found.push({ message: 'a key is a plain text', offset });
        continue;
      }
      const name = String(key.value);
      if (seen.has(name)) found.push({ message: `the key '${name}' stands here twice`, offset });
      seen.add(name);
    }
  }
  if (aliases.length > mostAliases) {
    const offset = aliases.reduce((first, alias) => Math.min(first, alias.offset), Infinity);
    return [{ message: `${aliases.length} aliases where at most ${mostAliases} are allowed`, offset }];
  }
  for (const { name, offset } of aliases) {
    if (!anchors.has(name)) found.push({ message: `the alias '*${name}' has no anchor`, offset });
  }
  return found.sort((left, right) => left.offset - right.offset);
}
