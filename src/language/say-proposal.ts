// A call in words, for the caller to agree to: "Shall I cancel the hold HO-73247 for you?"
import { isObject, type Json, type JsonObject } from '../core/json.js';
import type { Call } from '../policy/talk.js';
import { snakeCase } from '../spec/names.js';
import { formatArgument, formatMoney, listWords, quote } from './format-value.js';
import type { Lexicon } from './hear/lexicon.js';
import { fieldsOf, type ParamWords } from './hear/tool-words.js';
import type { PickForm } from './say-values.js';

/** An argument in words. */
export interface SaidArgument {
  readonly name: string;
  readonly label: string;
  readonly said: string;
  /** What it is a row of, or rows, in words; null for a value. */
  readonly entity: string | null;
  readonly count: number;
}

/** The arguments of a call in words. */
export function sayArguments(lexicon: Lexicon, { tool, args }: Call): readonly SaidArgument[] {
  const params = lexicon.tools.find(({ name }) => name === tool)?.params ?? [];
  return Object.entries(args).map(([name, value]) => {
    const param = params.find((other) => other.name === name);
    return {
      name,
      label: labelOf(name),
      said: sayArgument(value, param),
      entity: entityOf(param),
      count: Array.isArray(value) ? value.length : 1,
    };
  });
}

export function sayProposal(lexicon: Lexicon, call: Call, pick: PickForm): string {
  const words = call.tool.split('_');
  const given = sayArguments(lexicon, call);
  const object =
    given.find(({ entity, label }) => entity !== null && words.slice(1).join(' ').includes(label)) ??
    given.find(({ entity }) => entity !== null);
  const rest = given.filter((one) => one !== object).map(({ label, said }) => `${label} ${said}`);
  const what = sayDeed(words, object);
  const details = rest.length === 0 ? '' : `, with ${listWords(rest)}`;
  const lines = given.map(({ label, said }) => `\n- ${label}: ${said}`).join('');
  return pick([
    `Shall I ${what}${rest.length === 0 ? ' for you' : details}?`,
    `Would you like me to ${what}${details}?`,
    `To be sure: I would now ${what}${details}. Is that right?`,
    `Please confirm that I should ${what}${details}.`,
    `I would now ${words.join(' ')}:${lines}\nIs that right?`,
  ]);
}

/** "cancel the hold HO-1", "report the loan LO-1 as lost", "suspend the card of the member ME-1". */
function sayDeed(
  [verb = '', ...others]: readonly string[],
  object: Pick<SaidArgument, 'label' | 'said'> | undefined,
): string {
  const thing = others.join(' ');
  if (object === undefined) return thing === '' ? verb : `${verb} the ${thing}`;
  const row = `the ${object.label} ${object.said}`;
  if (thing === '') return `${verb} ${row}`;
  if (thing === object.label) return `${verb} ${row}`;
  if (/^(?:\w+ed|lost|found|paid|sent)$/.test(thing)) return `${verb} ${row} as ${thing}`;
  if (/^(?:in|to|on|at|from|for|off|up|down|out) /.test(thing)) return `${verb} ${row} ${thing}`;
  return `${verb} the ${thing} for ${row}`;
}

function labelOf(name: string): string {
  return name.replace(/_id$/, '').replace(/_ids$/, 's').replaceAll('_', ' ');
}

/** The words of the entity whose rows a parameter takes. */
function entityOf(param: ParamWords | undefined): string | null {
  const entity = param === undefined ? undefined : (param.item ?? param.schema)['x-entity'];
  return typeof entity === 'string' ? snakeCase(entity).replaceAll('_', ' ') : null;
}

/** A line item: "MO-21223 (quantity 2)". */
function sayLine(line: JsonObject, { item }: ParamWords): string {
  const fields = item === null ? [] : fieldsOf(item);
  const said = Object.entries(line).map(([name, value]) => {
    const field = fields.find((other) => other.name === name);
    return { label: labelOf(name), said: sayArgument(value, field), entity: entityOf(field) };
  });
  const row = said.find(({ entity }) => entity !== null);
  const rest = said.filter((one) => one !== row).map(({ label, said }) => `${label} ${said}`);
  return `${row?.said ?? ''}${rest.length === 0 ? '' : ` (${rest.join(', ')})`}`.trim();
}

/** An argument in words, by what its parameter takes. */
function sayArgument(value: Json, param: ParamWords | undefined): string {
  if (Array.isArray(value))
    return listWords((value as readonly Json[]).map((item) => sayArgument(item, param)));
  if (param === undefined) return formatArgument(value);
  if (isObject(value)) return sayLine(value, param);
  const schema = param.item ?? param.schema;
  if (typeof value === 'number' && param.unit === 'cents') return formatMoney(value);
  if (typeof value === 'number' && param.unit === 'minutes') return `${value} minutes`;
  if (typeof value === 'string') {
    if (param.members.size > 0) return value.replaceAll('_', ' ');
    if (schema['format'] === undefined && schema['x-entity'] === undefined) return quote(value);
  }
  return formatArgument(value);
}
