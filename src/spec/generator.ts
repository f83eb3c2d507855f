// Generators of seed values, as a spec writes them: `int:0..2`, `date:-12d..20d`, `pattern:555-####`,
// `pick:card|cash`, `person.fullName`. Parsing checks them against their column; docs/generators.md
// is their reference, draw-value.ts runs them.
import { fail, ok, type Issue, type Result } from '../core/result.js';
import { intGenerator, parseFaker, parseOne, patternGenerator, pickGenerator } from './generator-kinds.js';
import {
  bad,
  type Case,
  type GeneratedColumn,
  type Generator,
  type Parsed,
  type Sibling,
} from './generator-model.js';
import { didYouMean } from './issues.js';

export type { GeneratedColumn, Generator } from './generator-model.js';

/**
 * Reads a generator and checks it against its column. Without a text, the one that suits the column.
 * `siblings` are the columns of the row that are drawn before this one: those declared above it, and
 * the status.
 */
export function parseGenerator(
  text: string | undefined,
  column: GeneratedColumn,
  siblings: readonly Sibling[] = [],
): Parsed {
  if (text === undefined) return defaultGenerator(column);
  return text.includes('=>') ? parseCases(text, column, siblings) : parseOne(text.trim(), column, siblings);
}

function parseCases(text: string, column: GeneratedColumn, siblings: readonly Sibling[]): Parsed {
  const issues: Issue[] = [];
  const cases: Case[] = [];
  let otherwise: Generator | undefined;
  const keep = (parsed: Parsed): Generator | undefined => {
    if (parsed.ok) return parsed.value;
    issues.push(...parsed.error);
    return undefined;
  };
  for (const part of text.split(';')) {
    const [left = '', right] = part.split('=>').map((side) => side.trim());
    if (right === undefined) {
      if (otherwise !== undefined) {
        issues.push({ path: '', message: `'${left}' is a second generator without a case` });
      }
      otherwise = keep(parseOne(left, column, siblings));
      continue;
    }
    const condition = parseCondition(left, siblings);
    const generator = keep(parseOne(right, column, siblings));
    if (!condition.ok) issues.push(...condition.error);
    else if (generator !== undefined) cases.push({ ...condition.value, generator });
  }
  if (issues.length > 0) return fail(issues);
  otherwise ??= keep(defaultGenerator(column));
  if (otherwise === undefined) return fail(issues);
  const capacity = Math.max(otherwise.capacity, ...cases.map(({ generator }) => generator.capacity));
  return ok({ kind: 'cases', cases, otherwise, capacity });
}

function parseCondition(text: string, siblings: readonly Sibling[]): Result<Omit<Case, 'generator'>> {
  const [name, list] = text.includes('=') ? text.split('=', 2) : [undefined, text];
  const wanted = name?.trim();
  const values = (list ?? '').split(',').map((value) => value.trim());
  const sibling = siblings.find(({ attr, role }) =>
    wanted === undefined ? role === 'status' : attr === wanted,
  );
  if (sibling === undefined) {
    if (wanted === undefined) return bad(`'${text}' asks for a state, but there are no states`);
    return bad(
      `'${wanted}' is not declared above`,
      didYouMean(
        wanted,
        siblings.map(({ attr }) => attr),
      ),
    );
  }
  const { type } = sibling;
  if (type.kind === 'bool') {
    const odd = values.find((value) => value !== 'true' && value !== 'false');
    if (odd !== undefined) return bad(`'${odd}' is neither true nor false`);
    return ok({ column: sibling.column, values: values.map((value) => value === 'true') });
  }
  const fixed = type.kind === 'enum' ? type.of : choicesOf(sibling);
  if (fixed === undefined) return bad(`'${sibling.attr}' has no fixed values to tell cases by`);
  const odd = values.find((value) => !fixed.includes(value));
  if (odd !== undefined) return bad(`'${odd}' is not one of ${fixed.join(', ')}`, didYouMean(odd, fixed));
  return ok({ column: sibling.column, values });
}

function choicesOf({ type, gen }: Sibling): readonly string[] | undefined {
  if (type.kind !== 'string' || gen?.startsWith('pick:') !== true) return undefined;
  return gen
    .slice('pick:'.length)
    .split('|')
    .map((choice) => choice.trim());
}

function defaultGenerator(column: GeneratedColumn): Parsed {
  const { type, attr } = column;
  switch (type.kind) {
    case 'int':
      return intGenerator(
        column.min ?? Math.min(0, column.max ?? 0),
        column.max ?? (column.min ?? 0) + 10,
        1,
        column,
      );
    case 'money':
      return intGenerator(
        column.min ?? Math.min(500, column.max ?? 500),
        column.max ?? (column.min ?? 0) + 20_000,
        column.min === undefined && column.max === undefined ? 50 : 1,
        column,
      );
    case 'bool':
      return ok({ kind: 'bool', chance: 0.5, capacity: 2 });
    case 'enum':
      return ok(pickGenerator(type.of));
    case 'date':
    case 'datetime':
      return parseOne('date:-30d..30d', column, []);
    case 'text':
      return parseOne('words:3..7', column, []);
    case 'string': {
      if (column.pattern !== undefined) return fromRegularExpression(column.pattern, column);
      const path = usual.find(([name]) => name.test(attr))?.[1];
      return path === undefined ? parseOne('words:2', column, []) : parseFaker(path, column);
    }
    default:
      return bad('this type has no generator');
  }
}

// Names under which columns usually hold such values.
const usual: readonly (readonly [RegExp, string])[] = [
  [/(^|_)e?mail$/, 'internet.email'],
  [/(^|_)(phone|mobile)$/, 'phone.number'],
  [/^(full|contact|owner|customer)_name$/, 'person.fullName'],
  [/^first_name$/, 'person.firstName'],
  [/^(last|family)_name$/, 'person.lastName'],
  [/(^|_)(address|street)$/, 'location.streetAddress'],
  [/(^|_)city$/, 'location.city'],
];

/** `^RX-\d{6}$` as `pattern:RX-######`, where the expression is that simple. */
function fromRegularExpression(source: string, column: GeneratedColumn): Parsed {
  const pattern = source
    .replace(/^\^|\$$/g, '')
    .replace(/(\\d|\[0-9\]|\[A-Z\])\{(\d{1,2})\}/g, (_, one: string, times: string) =>
      one.repeat(Number(times)),
    )
    .replaceAll(/\\d|\[0-9\]/g, '#')
    .replaceAll('[A-Z]', '?');
  const simple = /^[\w #?/-]+$/.test(pattern) ? patternGenerator(pattern, column) : undefined;
  return simple?.ok === true ? simple : bad(`needs a generator: none is obvious for the pattern ${source}`);
}
