// The outside of a function: its documentation and signature.
import { propertyKey } from './code.js';
import { choice, group, hardline, ifBroken, indent, join, line, type Doc } from './layout.js';

export interface FunctionParts {
  readonly name: string;
  readonly doc: string;
  readonly params: readonly Doc[];
  readonly result: Doc;
  readonly lines: readonly Doc[];
  readonly exported: boolean;
}

/** A function declaration with a documentation comment. */
export function functionDoc(parts: FunctionParts): Doc {
  const list = parts.params;
  const head = `${parts.exported ? 'export ' : ''}function ${parts.name}`;
  const flat: Doc = [head, '(', join(', ', list), '): ', parts.result, ' {'];
  const broken: Doc = [
    head,
    '(',
    indent([hardline, join([',', hardline], list), ',']),
    hardline,
    '): ',
    parts.result,
    ' {',
  ];
  return [
    comment(parts.doc),
    hardline,
    list.length === 0 ? flat : choice([flat, broken]),
    indent([hardline, join(hardline, parts.lines)]),
    hardline,
    '}',
  ];
}

/** `{ name: type; other?: type }` */
export function fieldsType(fields: readonly (readonly [name: string, type: Doc])[]): Doc {
  const docs = fields.map(([name, type]): Doc => [
    `${name.endsWith('?') ? name : propertyKey(name)}:`,
    typeof type === 'string' && type.startsWith("'") ? unionType(type.split(' | ')) : [' ', type],
  ]);
  return group(['{', indent([line, join([';', line], docs)]), ifBroken(';'), line, '}']);
}

/** Members on one line, or each on its own. */
function unionType(members: readonly string[]): Doc {
  return group(indent([line, ifBroken('| '), join([line, '| '], members)]));
}

/** A documentation comment, wrapped. */
export function comment(text: string, width = 103): Doc {
  const lines = wrap(text, width);
  if (lines.length === 1) return `/** ${lines[0] ?? ''} */`;
  return ['/**', lines.map((one): Doc => [hardline, ` * ${one}`]), hardline, ' */'];
}

/** The lines of a text, none longer than the width. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.replaceAll('*/', '* /').trim().split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
