// Expressions as they are read, before names and types are known, and their parser: recursive
// descent, loosest binding first. The first problem ends the parse.
//   or · and · not · == != < <= > >= in · + - · * / · unary - · path.member
import { fail, ok, type Result } from '../core/result.js';
import { tokenize, type SyntaxProblem, type Token } from './token.js';
import type { AggregateFn, BinaryOp } from './model.js';

/** What an aggregate or an `each` runs over, as written. */
export interface SourceSyntax {
  readonly variable: string;
  readonly entity?: string;
  readonly list?: Syntax;
}

/** An expression as written. */
export type Syntax =
  | {
      readonly kind: 'literal';
      readonly type: 'int' | 'number' | 'string' | 'bool' | 'duration' | 'null';
      readonly value: string | number | boolean | null;
    }
  | { readonly kind: 'literals'; readonly items: readonly Syntax[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Syntax; readonly name: string }
  | { readonly kind: 'unary'; readonly op: 'not' | '-'; readonly of: Syntax }
  | { readonly kind: 'binary'; readonly op: BinaryOp; readonly left: Syntax; readonly right: Syntax }
  | { readonly kind: 'call'; readonly fn: string; readonly args: readonly Syntax[] }
  | {
      readonly kind: 'aggregate';
      readonly fn: AggregateFn;
      readonly source: SourceSyntax;
      readonly body?: Syntax;
      readonly where?: Syntax;
    };

/** `each` of a statement: rows or items, and which of them. */
interface LoopSyntax {
  readonly source: SourceSyntax;
  readonly where?: Syntax;
}

const aggregates = new Set<string>(['count', 'exists', 'all', 'sum', 'min', 'max', 'first', 'list']);
const withBody = new Set<string>(['all', 'sum', 'min', 'max', 'list']);
const keywords = new Set<string>(['and', 'or', 'not', 'in', 'where', 'true', 'false', 'null']);
const comparisons: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];
const deepest = 40;
const nothing: Syntax = { kind: 'literal', type: 'null', value: null };

/** Reads an expression. */
export function parseExpression(text: string): Result<Syntax, SyntaxProblem> {
  return parse(text, (parser) => parser.expression());
}

/** Reads what an `each` runs over: `copy in copies` or `Loan l where …`. */
export function parseLoop(text: string): Result<LoopSyntax, SyntaxProblem> {
  return parse(text, (parser) => parser.loop());
}

interface Parser {
  expression(): Syntax;
  loop(): LoopSyntax;
}

function parse<T>(text: string, read: (parser: Parser) => T): Result<T, SyntaxProblem> {
  const lexed = tokenize(text);
  if (!lexed.ok) return lexed;
  const tokens = lexed.value;
  const last = tokens.length - 1;
  const end: Token = tokens[last] ?? { kind: 'end', text: 'the end', value: '', at: 0 };
  let at = 0;
  let depth = 0;
  let problem: SyntaxProblem | undefined;

  const peek = (ahead = 0): Token => tokens[Math.min(at + ahead, last)] ?? end;
  const next = (): Token => {
    const token = peek();
    at = Math.min(at + 1, last);
    return token;
  };
  // After a problem every word reads as the end, so that all unwinds without an exception.
  const stop = (message: string, hint?: string): Syntax => {
    problem ??= { message, at: peek().at, ...(hint === undefined ? {} : { hint }) };
    at = last;
    return nothing;
  };
  const found = (): string => (peek().kind === 'end' ? 'the expression ends' : `'${peek().text}' stands`);
  const is = (text: string, ahead = 0): boolean => {
    const token = peek(ahead);
    return token.text === text && (token.kind === 'symbol' || (token.kind === 'name' && keywords.has(text)));
  };
  const take = (text: string): boolean => is(text) && next() !== undefined;
  const expect = (text: string): void => {
    if (!take(text)) stop(`${found()} where '${text}' is expected, at character ${peek().at + 1}`);
  };
  const isName = (ahead = 0): boolean => peek(ahead).kind === 'name' && !keywords.has(peek(ahead).text);

  function nested(read: () => Syntax): Syntax {
    if (depth >= deepest) return stop(`nested more than ${deepest} deep`);
    depth++;
    const syntax = read();
    depth--;
    return syntax;
  }

  function chain(operators: readonly string[], operand: () => Syntax): Syntax {
    let left = operand();
    while (operators.some((operator) => is(operator))) {
      const op = next().text as BinaryOp;
      left = { kind: 'binary', op, left, right: operand() };
    }
    return left;
  }

  const expression = (): Syntax => nested(() => chain(['or'], conjunction));
  const conjunction = (): Syntax => chain(['and'], negation);
  const negation = (): Syntax =>
    take('not') ? nested(() => ({ kind: 'unary', op: 'not', of: negation() })) : comparison();

  function comparison(): Syntax {
    const left = sum();
    const negated = is('not') && is('in', 1) && take('not');
    if (take('in')) {
      const contained: Syntax = { kind: 'binary', op: 'in', left, right: is('[') ? literals() : sum() };
      return negated ? { kind: 'unary', op: 'not', of: contained } : contained;
    }
    if (!comparisons.some((operator) => is(operator))) return left;
    const op = next().text as BinaryOp;
    const compared: Syntax = { kind: 'binary', op, left, right: sum() };
    if (comparisons.some((operator) => is(operator))) {
      return stop('comparisons cannot be chained', "join them with 'and'");
    }
    return compared;
  }

  const sum = (): Syntax => chain(['+', '-'], product);
  const product = (): Syntax => chain(['*', '/'], negative);
  const negative = (): Syntax =>
    take('-') ? nested(() => ({ kind: 'unary', op: '-', of: negative() })) : path();

  function path(): Syntax {
    let syntax = primary();
    while (take('.')) {
      const name = peek();
      if (name.kind !== 'name') return stop(`${found()} where a name is expected after '.'`);
      next();
      syntax = { kind: 'member', of: syntax, name: name.text };
    }
    return syntax;
  }

  function primary(): Syntax {
    const token = peek();
    if (take('(')) {
      const inner = expression();
      expect(')');
      return inner;
    }
    if (
      token.kind === 'int' ||
      token.kind === 'number' ||
      token.kind === 'duration' ||
      token.kind === 'string'
    ) {
      next();
      return { kind: 'literal', type: token.kind, value: token.value };
    }
    if (take('true')) return { kind: 'literal', type: 'bool', value: true };
    if (take('false')) return { kind: 'literal', type: 'bool', value: false };
    if (take('null')) return nothing;
    if (token.kind === 'entity') {
      return stop(`the entity '${token.text}' is no value`, `as in count(${token.text} x where …)`);
    }
    if (!isName()) return stop(`${found()} where a value is expected, at character ${token.at + 1}`);
    next();
    if (!take('(')) return { kind: 'name', name: token.text };
    const call = nested(() =>
      aggregates.has(token.text) ? aggregate(token.text as AggregateFn) : args(token.text, []),
    );
    expect(')');
    return call;
  }

  function aggregate(fn: AggregateFn): Syntax {
    const named = (isName() && is('in', 1)) || peek().kind === 'entity';
    if (!named && (fn === 'min' || fn === 'max')) {
      const first = expression();
      // min(amounts) of a list, min(a, b) of two values
      return is(',')
        ? args(fn, [first])
        : { kind: 'aggregate', fn, source: { variable: 'item', list: first } };
    }
    const over = named ? source() : { variable: 'item', list: expression() };
    const body = take(':') ? expression() : undefined;
    const where = take('where') ? expression() : undefined;
    if (body !== undefined && !withBody.has(fn)) {
      return stop(`${fn} takes no value after ':'`, "conditions follow 'where'");
    }
    return {
      kind: 'aggregate',
      fn,
      source: over,
      ...(body === undefined ? {} : { body }),
      ...(where === undefined ? {} : { where }),
    };
  }

  function source(): SourceSyntax {
    const first = next();
    if (first.kind === 'entity') {
      if (isName()) return { entity: first.text, variable: next().text };
      if (!is(')'))
        stop(
          `${found()} where a variable is expected after '${first.text}'`,
          `as in ${first.text} x where …`,
        );
      return { entity: first.text, variable: 'row' };
    }
    expect('in');
    return { variable: first.text, list: sum() };
  }

  function args(fn: string, given: readonly Syntax[]): Syntax {
    const list = [...given];
    if (list.length > 0 ? take(',') : !is(')')) {
      do list.push(expression());
      while (take(','));
    }
    return { kind: 'call', fn, args: list };
  }

  function literals(): Syntax {
    expect('[');
    const items: Syntax[] = [];
    do items.push(sum());
    while (take(','));
    expect(']');
    return { kind: 'literals', items };
  }

  function loop(): LoopSyntax {
    if (peek().kind !== 'entity' && !(isName() && is('in', 1))) {
      stop(`${found()} where 'copy in copies' or 'Loan l where …' is expected`);
      return { source: { variable: 'row' } };
    }
    const over = source();
    return take('where') ? { source: over, where: expression() } : { source: over };
  }

  const value = read({ expression, loop });
  if (problem === undefined && peek().kind !== 'end') {
    stop(`${found()} where the expression should end, at character ${peek().at + 1}`);
  }
  return problem === undefined ? ok(value) : fail(problem);
}
