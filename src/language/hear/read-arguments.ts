// The arguments of a tool in a stretch of a message: by the form of a value, by the words beside it,
// and only where there is no choice left.
import type { Json, JsonObject } from '../../core/json.js';
import type { Clause } from './clauses.js';
import { lettersOf, type ParamWords, type ToolWords } from './lexicon.js';
import type { Message } from './message.js';
import type { ValueSpan } from './value-span.js';

export type Stretch = Pick<Clause, 'from' | 'to'>;

/** A value that a parameter can take, where it stands. */
interface Candidate {
  readonly value: Json;
  readonly from: number;
  readonly to: number;
}

/** What a tool is given in some stretches of a message; the first ones count before the later. */
export interface Given {
  readonly args: JsonObject;
  /** Places of the values that were used. */
  readonly used: readonly number[];
}

/** All that a tool requires and what else is said, or null where something is missing or can be two things. */
export function argumentsIn(message: Message, tool: ToolWords, near: readonly Stretch[], far: readonly Stretch[]): Given | null {
  const args: Record<string, Json> = {};
  const used: number[] = [];
  const byNeed = [...tool.params].sort((left, right) => Number(right.required) - Number(left.required));
  for (const param of byNeed) {
    const given =
      giveOne(message, tool, param, near, used) ??
      (param.required || isMentioned(message, param, near) ? giveOne(message, tool, param, far, used) : null);
    if (given === null) {
      if (param.required) return null;
      continue;
    }
    args[param.name] = given.value;
    used.push(...given.places);
  }
  const ordered = tool.params.flatMap(({ name }) => (args[name] === undefined ? [] : [[name, args[name]] as const]));
  return { args: Object.fromEntries(ordered), used };
}

/** Whether an optional parameter is spoken of, so that its value may stand elsewhere: "with this email". */
function isMentioned({ tokens }: Message, { label }: ParamWords, stretches: readonly Stretch[]): boolean {
  return stretches.some(({ from, to }) => tokens.slice(from, to).some(({ stem }) => label.includes(stem)));
}

function giveOne(
  message: Message,
  tool: ToolWords,
  param: ParamWords,
  stretches: readonly Stretch[],
  used: readonly number[],
): { readonly value: Json; readonly places: readonly number[] } | null {
  const found = stretches.flatMap((stretch) => candidatesIn(message, param, stretch)).filter(({ from }) => !used.includes(from));
  if (param.item !== null) {
    const items = [...new Map(found.map((candidate) => [String(candidate.value), candidate])).values()];
    return items.length === 0 ? null : { value: items.map(({ value }) => value), places: found.map(({ from }) => from) };
  }
  const chosen = only(found) ?? onlyLabelled(message, tool, param, found);
  if (chosen === null) return null;
  if (!param.required && !isSaid(message, param, chosen)) return null;
  return { value: chosen.value, places: found.filter(({ value }) => value === chosen.value).map(({ from }) => from) };
}

function only(found: readonly Candidate[]): Candidate | null {
  const [first] = found;
  return first !== undefined && found.every(({ value }) => value === first.value) ? first : null;
}

/** The one candidate beside the parameter's words, if there is just one. */
function onlyLabelled(message: Message, tool: ToolWords, param: ParamWords, found: readonly Candidate[]): Candidate | null {
  const best = found.map((candidate) => ({ candidate, weight: labelWeight(message, tool, param, candidate) })).filter(({ weight }) => weight > 0);
  const top = Math.max(0, ...best.map(({ weight }) => weight));
  return only(best.filter(({ weight }) => weight === top).map(({ candidate }) => candidate));
}

const labelReach = 5;

/** How close the parameter's words stand before a value, or behind it as a unit. */
function labelWeight({ tokens }: Message, tool: ToolWords, { label }: ParamWords, { from, to }: Candidate): number {
  let weight = 0;
  const own = label.filter((word) => !tool.words.includes(word) || label.length === 1);
  for (const word of own) {
    for (let at = from - 1; at >= Math.max(0, from - labelReach); at--) {
      if (tokens[at]?.kind === 'break') break;
      if (tokens[at]?.stem === word) {
        weight += labelReach + 1 - (from - at);
        break;
      }
    }
    if (tokens[to]?.stem === word) weight += labelReach;
  }
  return weight;
}

/** Whether an optional argument is really meant: its form shows it, or its words stand beside it. */
function isSaid(message: Message, param: ParamWords, candidate: Candidate): boolean {
  const { type, pattern } = param.schema;
  if (pattern !== undefined || param.members.size > 0 || param.unit === 'cents') return true;
  if (type === 'string' && String(candidate.value).includes('@')) return true;
  const { tokens } = message;
  return param.label.some((word) =>
    tokens.slice(Math.max(0, candidate.from - labelReach), candidate.from).some(({ stem }) => stem === word),
  );
}

/** Values in a stretch that have the form of a parameter. */
function candidatesIn(message: Message, param: ParamWords, stretch: Stretch): readonly Candidate[] {
  const schema = param.item ?? param.schema;
  if (param.members.size > 0) return membersIn(message, param, stretch);
  if (schema['type'] === 'boolean') return yesOrNoIn(message, param, stretch);
  const spans = message.spans.filter(({ from }) => from >= stretch.from && from < stretch.to);
  const found = spans.flatMap((span) => {
    const value = valueFor(message, param, schema, span);
    return value === undefined ? [] : [{ value, from: span.from, to: span.to, form: span.form }];
  });
  // Of free text what stands in quotes comes first, of anything else what does not.
  const free = isFreeText(schema);
  const first = found.filter(({ form }) => (form === 'quoted' || form === 'literal') === free);
  const chosen = first.length > 0 ? first : found;
  return chosen.length === 0 && free ? namedText(message, param, stretch) : chosen;
}

/** "with insurance yes", "insured: no". */
function yesOrNoIn({ tokens }: Message, { label }: ParamWords, { from, to }: Stretch): readonly Candidate[] {
  const last = label.at(-1);
  return tokens.slice(from, to).flatMap(({ text }, index): readonly Candidate[] => {
    const at = from + index;
    if (!/^(?:yes|no|true|false)$/.test(text)) return [];
    const near = tokens.slice(Math.max(from, at - 3), at).some(({ stem }) => stem === last);
    return near ? [{ value: text === 'yes' || text === 'true', from: at, to: at + 1 }] : [];
  });
}

function isFreeText({ type, pattern }: JsonObject): boolean {
  return type === 'string' && pattern === undefined;
}

function membersIn({ tokens }: Message, { members }: ParamWords, { from, to }: Stretch): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    if (token?.kind === 'quoted' || token?.kind === 'literal') {
      const member = members.get(lettersOf(token.text));
      if (member !== undefined) found.push({ value: member, from: at, to: at + 1 });
      continue;
    }
    let letters = '';
    let best: Candidate | null = null;
    for (let end = at; end < Math.min(to, at + 7); end++) {
      const part = tokens[end];
      if (part?.kind === 'word' || part?.kind === 'part' || part?.kind === 'number') letters += part.text;
      else if (end === at || part?.text !== '-') break;
      const member = members.get(letters);
      if (member !== undefined) best = { value: member, from: at, to: end + 1 };
    }
    if (best === null) continue;
    found.push(best);
    at = best.to - 1;
  }
  return found;
}

/** What a value is as an argument; undefined when it cannot be one. */
function valueFor(message: Message, param: ParamWords, schema: JsonObject, span: ValueSpan): Json | undefined {
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

function stringFor(schema: JsonObject, span: ValueSpan, param: ParamWords): Json | undefined {
  const { pattern, format } = schema;
  const { value, type } = span.value;
  const text = String(value);
  if (format === 'date') return type === 'date' ? text : undefined;
  if (format === 'date-time') return type === 'datetime' ? text : undefined;
  if (typeof pattern === 'string') return fits(pattern, text) ? text : undefined;
  if (param.label.includes('email')) return span.form === 'email' || text.includes('@') ? text : undefined;
  return span.form === 'quoted' || span.form === 'literal' || span.form === 'seen' ? text : undefined;
}

const compiled = new Map<string, RegExp>();

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
function namedText({ tokens, plain }: Message, { label }: ParamWords, { from, to }: Stretch): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    const isLabel = token !== undefined && (label.includes(token.stem) || (label.includes('name') && token.text === 'called'));
    if (!isLabel) continue;
    let start = at + 1;
    while (start < to && start < at + 3 && linking.has(tokens[start]?.text ?? '')) start++;
    let end = start;
    while (end < to && tokens[end]?.kind === 'word' && /\p{Lu}/u.test(plain[tokens[end]?.start ?? 0] ?? '')) end++;
    const [first, last] = [tokens[start], tokens[end - 1]];
    if (first === undefined || last === undefined || end <= start) continue;
    found.push({ value: plain.slice(first.start, last.end), from: start, to: end });
  }
  return found;
}
