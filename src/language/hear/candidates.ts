// The values in a stretch of a message that a parameter could take, by the form that its schema wants.
import type { Json, JsonObject } from '../../core/json.js';
import type { Clause } from './clauses.js';
import { lettersOf, memberAt } from './members.js';
import type { Message } from './message.js';
import type { ParamWords } from './tool-words.js';
import type { ValueSpan } from './value-span.js';

export type Stretch = Pick<Clause, 'from' | 'to'>;

/** A value that a parameter can take, where it stands. */
export interface Candidate {
  readonly value: Json;
  readonly from: number;
  readonly to: number;
}

export function candidatesIn(message: Message, param: ParamWords, stretch: Stretch): readonly Candidate[] {
  const schema = param.item ?? param.schema;
  if (param.members.size > 0) return membersIn(message, param, stretch);
  if (schema['type'] === 'boolean') return yesOrNoIn(message, param, stretch);
  const spans = message.spans.filter(({ from }) => from >= stretch.from && from < stretch.to);
  const found = spans.flatMap((span) => {
    const value = valueFor(message, param, schema, span);
    return value === undefined ? [] : [{ value, from: span.from, to: span.to, form: span.form }];
  });
  // Of free text what stands in quotes comes first, of anything else what does not.
  const free = schema['type'] === 'string' && schema['pattern'] === undefined;
  const first = found.filter(({ form }) => (form === 'quoted' || form === 'literal') === free);
  const chosen = first.length > 0 ? first : found;
  return chosen.length === 0 && free ? namedText(message, param, stretch) : chosen;
}

function membersIn(
  { tokens }: Message,
  { members }: ParamWords,
  { from, to }: Stretch,
): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let at = from; at < to; at++) {
    const { kind, text = '' } = tokens[at] ?? {};
    const quoted = kind === 'quoted' || kind === 'literal' ? members.get(lettersOf(text)) : undefined;
    if (quoted !== undefined) found.push({ value: quoted, from: at, to: at + 1 });
    const member = quoted === undefined ? memberAt(tokens, at, members) : null;
    if (member === null) continue;
    found.push({ value: member.value, from: at, to: member.to });
    at = member.to - 1;
  }
  return found;
}

const switches = new Map([
  ['yes', true],
  ['true', true],
  ['on', true],
  ['no', false],
  ['false', false],
  ['off', false],
]);

/** "with insurance yes", "insured: no", "switch contactless off". */
function yesOrNoIn({ tokens }: Message, { label }: ParamWords, { from, to }: Stretch): readonly Candidate[] {
  const last = label.at(-1);
  const isNear = (start: number, end: number): boolean =>
    tokens.slice(Math.max(from, start), Math.min(to, end)).some(({ stem }) => stem === last);
  return tokens.slice(from, to).flatMap(({ text }, index): readonly Candidate[] => {
    const at = from + index;
    const value = switches.get(text);
    if (value === undefined) return [];
    const switched = text === 'on' || text === 'off';
    return isNear(at - 3, switched ? at + 4 : at) ? [{ value, from: at, to: at + 1 }] : [];
  });
}

/** What a value is as an argument; undefined when it cannot be one. */
function valueFor(
  message: Message,
  param: ParamWords,
  schema: JsonObject,
  span: ValueSpan,
): Json | undefined {
  const { value, type } = span.value;
  switch (schema['type']) {
    case 'string':
      return stringFor(schema, span, param);
    case 'integer':
      if (param.unit === 'cents') return centsFor(message, span);
      if (param.unit === 'minutes') return minutesFor(message, span);
      return type === 'int' ? value : undefined;
    case 'number':
      if (type === 'money') return Number(value) / 100;
      return type === 'int' || type === 'number' ? value : undefined;
    default:
      return undefined;
  }
}

function stringFor(schema: JsonObject, { value, form }: ValueSpan, param: ParamWords): Json | undefined {
  const { pattern, format } = schema;
  const text = String(value.value);
  if (format === 'date') return value.type === 'date' ? text : undefined;
  if (format === 'date-time') return value.type === 'datetime' ? text : undefined;
  if (typeof pattern === 'string') return fits(pattern, text) ? text : undefined;
  if (param.label.includes('email')) return text.includes('@') ? text : undefined;
  return form === 'quoted' || form === 'literal' || form === 'seen' ? text : undefined;
}

const compiled = new Map<string, RegExp>();

/** Whether a text has a form that a domain gives. */
function fits(pattern: string, text: string): boolean {
  const known = compiled.get(pattern) ?? new RegExp(pattern, 'u');
  compiled.set(pattern, known);
  return known.test(text);
}

/** An amount in cents. In `amount=1250` it stands so already; in prose 35 is thirty-five whole ones. */
function centsFor({ tokens, plain }: Message, { from, value }: ValueSpan): Json | undefined {
  if (value.type === 'money') return value.value;
  if (value.type !== 'int' && value.type !== 'number') return undefined;
  const before = tokens[from - 1];
  const inCode = before?.text === '=' || (before?.text === ':' && plain[before.start - 1] === '"');
  return inCode ? value.value : Math.round(Number(value.value) * 100);
}

function minutesFor({ tokens }: Message, { to, value }: ValueSpan): Json | undefined {
  if (value.type !== 'int') return undefined;
  const unit = tokens[to]?.stem ?? '';
  const scale = unit === 'hour' ? 60 : unit === 'day' ? 1440 : unit === 'week' ? 10_080 : 1;
  return Number(value.value) * scale;
}

const linking = new Set(['is', 'as', 'to', ':', '=', ',', 'be', 'the', 'name', 'by']);

/** Words with capitals behind the parameter's own: "called Snowy", "name: Snowy Paws". */
function namedText(
  { tokens, plain }: Message,
  { label }: ParamWords,
  { from, to }: Stretch,
): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    const called = token?.text === 'called' && label.includes('nam');
    if (token === undefined || (!called && !label.includes(token.stem))) continue;
    let start = at + 1;
    while (start < to && start < at + 3 && linking.has(tokens[start]?.text ?? '')) start++;
    let end = start;
    while (end < to && isCapital(plain[tokens[end]?.start ?? 0]) && tokens[end]?.kind === 'word') end++;
    const [first, last] = [tokens[start], tokens[end - 1]];
    if (first === undefined || last === undefined || end <= start) continue;
    found.push({ value: plain.slice(first.start, last.end), from: start, to: end });
  }
  return found;
}

function isCapital(character: string | undefined): boolean {
  return character !== undefined && /\p{Lu}/u.test(character);
}
