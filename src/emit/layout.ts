// Lays out code the way Prettier does: a document says where lines may break, and a group breaks
// all of its lines when it does not fit on one. After Wadler, "A prettier printer", with Prettier's
// alternatives (`choice`). Generated code is for reading, so that it must not need a formatter.

export type Doc = string | readonly Doc[] | Node | (() => Doc);

type Node =
  | {
      readonly kind: 'group';
      readonly contents: Doc;
      readonly states?: readonly Doc[];
      readonly broken: boolean;
    }
  | { readonly kind: 'indent'; readonly contents: Doc }
  | { readonly kind: 'line'; readonly flat: string; readonly hard: boolean }
  | { readonly kind: 'if-broken'; readonly broken: Doc; readonly flat: Doc };

type Mode = 'flat' | 'break';
type Command = readonly [indent: number, mode: Mode, doc: Doc];

const tab = 2;
const printWidth = 110;

/** A space, or a new line when the group around it breaks. */
export const line: Doc = { kind: 'line', flat: ' ', hard: false };
/** Nothing, or a new line when the group around it breaks. */
export const softline: Doc = { kind: 'line', flat: '', hard: false };
/** Always a new line. */
export const hardline: Doc = { kind: 'line', flat: '', hard: true };

/** Contents that stand on one line where they fit, and else break at every line of their own. */
export function group(contents: Doc, broken = false): Doc {
  return { kind: 'group', contents, broken: broken || isHard(contents) };
}

/** The first of several layouts that fits; the last where none does. */
export function choice(states: readonly [Doc, ...Doc[]]): Doc {
  return { kind: 'group', contents: states[0], states, broken: false };
}

export function indent(contents: Doc): Doc {
  return { kind: 'indent', contents };
}

/** One text where the group around it breaks, another where it does not. */
export function ifBroken(broken: Doc, flat: Doc = ''): Doc {
  return { kind: 'if-broken', broken, flat };
}

export function join(separator: Doc, docs: readonly Doc[]): Doc {
  return docs.flatMap((doc, index) => (index === 0 ? [doc] : [separator, doc]));
}

/** Whether the document has a line break in any layout. */
function isHard(doc: Doc): boolean {
  if (typeof doc === 'string' || typeof doc === 'function') return false;
  if (isList(doc)) return doc.some(isHard);
  if (doc.kind === 'line') return doc.hard;
  if (doc.kind === 'if-broken') return isHard(doc.broken);
  return doc.kind === 'group' ? doc.broken || isHard(doc.contents) : isHard(doc.contents);
}

function isList(doc: Doc): doc is readonly Doc[] {
  return Array.isArray(doc);
}

/** Whether the document takes no more than the given columns on one line. */
export function fitsOn(columns: number, doc: Doc): boolean {
  return !isHard(doc) && fits([0, 'flat', doc], [], columns);
}

/** The text of a document. */
export function print(doc: Doc, width = printWidth): string {
  const pieces: string[] = [];
  let column = 0;
  const commands: Command[] = [[0, 'break', doc]];
  for (let next = commands.pop(); next !== undefined; next = commands.pop()) {
    const [level, mode, current] = next;
    if (typeof current === 'string') {
      pieces.push(current);
      column += current.length;
    } else if (typeof current === 'function') {
      commands.push([level, mode, current()]);
    } else if (isList(current)) {
      for (let at = current.length - 1; at >= 0; at--) commands.push([level, mode, current[at] ?? '']);
    } else if (current.kind === 'indent') {
      commands.push([level + tab, mode, current.contents]);
    } else if (current.kind === 'if-broken') {
      commands.push([level, mode, mode === 'break' ? current.broken : current.flat]);
    } else if (current.kind === 'group') {
      commands.push(
        mode === 'flat' && !current.broken ? [level, 'flat', current.contents] : layOut(level, current),
      );
    } else if (mode === 'flat' && !current.hard) {
      pieces.push(current.flat);
      column += current.flat.length;
    } else {
      // An empty line has no indentation.
      if (pieces.at(-1)?.startsWith('\n') === true) pieces[pieces.length - 1] = '\n';
      pieces.push(`\n${' '.repeat(level)}`);
      column = level;
    }
  }
  return pieces.join('');

  function layOut(level: number, node: Extract<Node, { kind: 'group' }>): Command {
    const room = width - column;
    const flat: Command = [level, 'flat', node.contents];
    if (!node.broken && fits(flat, commands, room)) return flat;
    const states = node.states ?? [node.contents];
    const found = states.slice(1, -1).find((state) => fits([level, 'break', state], commands, room));
    return [level, 'break', found ?? states[states.length - 1] ?? ''];
  }
}

/** Whether the command, and what follows it up to the first line break, fits into the columns left. */
function fits(first: Command, rest: readonly Command[], room: number): boolean {
  let left = room;
  let following = rest.length;
  const commands: Command[] = [first];
  while (left >= 0) {
    let next = commands.pop();
    if (next === undefined) {
      if (following === 0) return true;
      following -= 1;
      next = rest[following];
      if (next === undefined) return true;
    }
    const [level, mode, current] = next;
    if (typeof current === 'string') left -= current.length;
    else if (typeof current === 'function') commands.push([level, mode, current()]);
    else if (isList(current)) {
      for (let at = current.length - 1; at >= 0; at--) commands.push([level, mode, current[at] ?? '']);
    } else if (current.kind === 'indent') commands.push([level, mode, current.contents]);
    else if (current.kind === 'if-broken') {
      commands.push([level, mode, mode === 'break' ? current.broken : current.flat]);
    } else if (current.kind === 'group') {
      const inner: Mode = current.broken ? 'break' : mode;
      const contents =
        current.broken && current.states ? current.states[current.states.length - 1] : current.contents;
      commands.push([level, inner, contents ?? '']);
    } else if (mode === 'break' || current.hard) return true;
    else left -= current.flat.length;
  }
  return false;
}
