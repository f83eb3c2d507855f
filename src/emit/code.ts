// Pieces of TypeScript with their precedence, put together as Prettier lays them out. A piece knows
// how tightly it binds, so that parentheses stand only where they are needed.
import { choice, group, ifBroken, indent, join, line, softline, type Doc } from './layout.js';

/** How tightly a piece of code binds. */
export const levels = {
  nullish: 1,
  or: 1,
  and: 2,
  equality: 3,
  relation: 4,
  sum: 5,
  product: 6,
  unary: 7,
  atom: 8,
} as const;

export type Level = (typeof levels)[keyof typeof levels];

/** A piece of code. `parts` are the operands and operators of a chain, which some places lay out themselves. */
export interface Code {
  readonly doc: Doc;
  readonly level: Level;
  readonly op?: string;
  readonly parts?: readonly Doc[];
  /** The same, for an operation around it that is laid out with it. */
  readonly operands?: readonly Doc[];
  /** The text of what TypeScript can narrow: a constant, or a property of one. */
  readonly reference?: string;
  /** Whether it is a call that is given a callback. */
  readonly callback?: boolean;
  /** Whether it is a callback that gives an object, which breaks in its place. */
  readonly hugs?: boolean;
  /** Calls with a callback at the end of a member chain, which break together. */
  readonly chain?: Chain;
  /** Of a call of a function: that it is one. Of a callback whose body is one: its last resort as a last argument. */
  readonly hugged?: Doc;
}

interface Chain {
  readonly head: Doc;
  readonly calls: readonly Doc[];
  readonly callbacks: boolean;
}

const levelOf: Readonly<Record<string, Level>> = {
  '??': levels.nullish,
  '||': levels.or,
  '&&': levels.and,
  '===': levels.equality,
  '!==': levels.equality,
  '<': levels.relation,
  '<=': levels.relation,
  '>': levels.relation,
  '>=': levels.relation,
  '+': levels.sum,
  '-': levels.sum,
  '*': levels.product,
  '/': levels.product,
};

export function atom(doc: Doc): Code {
  return { doc, level: levels.atom };
}

/** A constant or a property of one, as `loan` or `loan.due`. */
export function reference(text: string): Code {
  return { doc: text, level: levels.atom, reference: text };
}

export function quote(text: string): string {
  const json = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return json.includes("'") && !json.includes('"') ? `"${json}"` : `'${json.replaceAll("'", "\\'")}'`;
}

/** A property key as Prettier writes it. */
export function propertyKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}

export function atLevel(code: Code, level: Level): Doc {
  return code.level < level ? ['(', code.doc, ')'] : code.doc;
}

/** `left op right`; chains of one operator are one group. */
export function binary(left: Code, op: string, right: Code): Code {
  const level = levelOf[op] ?? levels.or;
  const flattens = left.level === level && left.operands !== undefined && joins(left.op, op);
  const logical = isLogical(op);
  const first = flattens && left.operands !== undefined ? left.operands : [operand(left, op, level)];
  // a && (b && c) is a && b && c, and Prettier writes it so
  const nests = logical && right.op === op && right.operands !== undefined;
  const last =
    nests && right.operands !== undefined ? right.operands : [operand(right, op, (level + 1) as Level)];
  const operands = [...first, ` ${op}`, line, ...last];
  const alone = !isSameKind(left, op) && !isSameKind(right, op);
  const parts = alone ? [...first, ' ', group([op, line, ...last])] : operands;
  return { doc: indented(parts), level, op, parts, operands };
}

function indented([first = '', ...rest]: readonly Doc[]): Doc {
  return group([first, indent(rest)]);
}

function isLogical(op: string): boolean {
  return op === '&&' || op === '||' || op === '??';
}

function isSameKind(code: Code, op: string): boolean {
  return code.operands !== undefined && code.op !== undefined && isLogical(code.op) === isLogical(op);
}

function joins(first: string | undefined, second: string): boolean {
  if (first === second) return levelOf[second] !== levels.equality && second !== '??';
  return levelOf[second] === levels.sum && first !== undefined && levelOf[first] === levels.sum;
}

function operand(code: Code, op: string, level: Level): Doc {
  const mixed =
    code.op !== undefined && code.op !== op && code.level <= levels.and && level <= levels.and + 1;
  const product = code.level === levels.product && levelOf[op] === levels.product && !joins(code.op, op);
  const equality = code.level === levels.equality && levelOf[op] === levels.equality;
  const doc = code.operands !== undefined && isSameKind(code, op) ? indented(code.operands) : code.doc;
  return mixed || product || equality || code.level < level ? ['(', doc, ')'] : doc;
}

export function not(code: Code): Code {
  return { doc: ['!', atLevel(code, levels.unary)], level: levels.unary };
}

export function minus(code: Code): Code {
  const negative = code.level === levels.unary; // of a negative number
  return { doc: negative ? ['-(', code.doc, ')'] : ['-', atLevel(code, levels.unary)], level: levels.unary };
}

/** `of.name`, which ends a chain of calls. */
export function property(of: Code, name: string): Code {
  if (of.reference !== undefined) return reference(`${of.reference}.${name}`);
  if (of.chain === undefined) return atom([atLevel(of, levels.atom), `.${name}`]);
  return atom([of.doc, group(indent([softline, `.${name}`]))]);
}

/** `name(args)` */
export function call(name: string, args: readonly Code[]): Code {
  const doc = [name, argumentList(args)];
  return { ...atom(doc), callback: args.some((arg) => arg.op === '=>'), hugged: doc };
}

/** `of.name(args)`; calls of one chain stand on one line or each on its own. */
export function method(of: Code, name: string, args: readonly Code[]): Code {
  const chain = of.chain ?? { head: atLevel(of, levels.atom), calls: [], callbacks: false };
  const next: Chain = {
    head: chain.head,
    calls: [...chain.calls, [`.${name}`, argumentList(args)]],
    callbacks: chain.callbacks || args.some((arg) => arg.op === '=>'),
  };
  return {
    doc: chainDoc(next),
    level: levels.atom,
    chain: next,
    callback: args.some((arg) => arg.op === '=>'),
  };
}

function chainDoc({ head, calls, callbacks }: Chain): Doc {
  const oneLine = [head, ...calls];
  if (calls.length < 2) return oneLine;
  const expanded = [head, indent(calls.map((one) => [hard, one]))];
  return calls.length > 2 && callbacks ? expanded : choice([oneLine, expanded]);
}

const hard: Doc = { kind: 'line', flat: '', hard: true };

function argumentList(args: readonly Code[]): Doc {
  const last = args.at(-1);
  if (last === undefined) return '()';
  const docs = args.map((arg) => arg.doc);
  const flat = ['(', join(', ', docs), ')'];
  const broken = group(
    ['(', indent([softline, join([',', line], docs)]), ifBroken(','), softline, ')'],
    true,
  );
  // A callback beside a call with a callback of its own: Prettier gives each a line.
  const callbacks = args.filter((arg) => arg.op === '=>').length;
  if (args.length > 1 && (callbacks > 1 || args.some((arg) => arg.callback === true))) return broken;
  if (last.op === '{}' || last.hugs === true) {
    const hugged = ['(', ...docs.slice(0, -1).map((doc) => [doc, ', ']), group(last.doc, true), ')'];
    return args.length === 1 && last.op === '{}' ? ['(', last.doc, ')'] : choice([flat, hugged, broken]);
  }
  if (last.op === '=>') {
    if (last.hugged === undefined) return choice([flat, broken]);
    const hugged = ['(', ...docs.slice(0, -1).map((doc) => [doc, ', ']), last.hugged, ',', hard, ')'];
    return choice([flat, hugged, broken]);
  }
  return group(['(', indent([softline, join([',', line], docs)]), ifBroken(','), softline, ')']);
}

/** `(parameter) => body` */
export function arrow(parameter: string | undefined, body: Code): Code {
  const head = `(${parameter ?? ''}) =>`;
  const hugged = body.hugged && [head, indent([hard, body.hugged])];
  return {
    doc: [head, arrowBody(body)],
    level: levels.nullish,
    op: '=>',
    ...(body.op === '{}' ? { hugs: true } : {}),
    ...(hugged === undefined ? {} : { hugged }),
  };
}

/** What stands after `=>`. */
export function arrowBody(body: Code): Doc {
  if (body.op === '{}') return [' (', body.doc, ')'];
  if (body.op === '[]') return [' ', body.doc];
  if (body.op === '?:') return group(indent([line, ifBroken('', '('), body.doc, ifBroken('', ')')]));
  return group(indent([line, ...(body.parts ?? [body.doc])]));
}

/** `test ? yes : no` */
export function conditional(test: Code, yes: Code, no: Code): Code {
  const doc = group([test.doc, indent([line, '? ', yes.doc, line, ': ', no.doc])]);
  return { doc, level: levels.nullish, op: '?:', ...(test.parts === undefined ? {} : { parts: [doc] }) };
}

/** `[a, b]` */
export function list(items: readonly Doc[]): Code {
  const doc = group(['[', indent([softline, join([',', line], items)]), ifBroken(','), softline, ']']);
  return { doc, level: levels.atom, op: '[]' };
}

/** `{ a, b: c }` */
export function object(fields: readonly (readonly [key: string, value: Code | 'spread'])[]): Code {
  if (fields.length === 0) return { doc: '{}', level: levels.atom, op: '{}' };
  const docs = fields.map(([key, value]): Doc => {
    if (value === 'spread') return `...${key}`;
    const name = propertyKey(key);
    return value.reference === name ? name : [`${name}:`, rightSide(value)];
  });
  return {
    doc: group(['{', indent([line, join([',', line], docs)]), ifBroken(','), line, '}']),
    level: levels.atom,
    op: '{}',
  };
}

/** What stands in the parentheses of an `if`. */
export function testParts(code: Code): readonly Doc[] {
  return (code.op === '&&' || code.op === '||' ? code.operands : code.parts) ?? [code.doc];
}

/** What stands after `=` or `:`. */
function rightSide(code: Code): Doc {
  return code.parts === undefined ? [' ', code.doc] : group(indent([line, group(code.parts)]));
}

export function constant(name: string, value: Code): Doc {
  return [group([`const ${name} =`, rightSide(value)]), ';'];
}

export function returns(value: Code): Doc {
  if (value.parts === undefined || value.op === '?:') return ['return ', value.doc, ';'];
  return [
    group(['return ', ifBroken('('), indent([softline, ...value.parts]), softline, ifBroken(')')]),
    ';',
  ];
}
