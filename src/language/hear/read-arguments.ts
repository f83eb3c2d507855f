// The arguments of a tool in stretches of a message: by the form of a value, by the words beside it,
// and only where there is no choice left.
import { canonicalJson, type Json, type JsonObject } from '../../core/json.js';
import { candidatesIn, type Candidate, type Stretch } from './candidates.js';
import type { Message } from './message.js';
import { recordsIn } from './records.js';
import type { ParamWords } from './tool-words.js';

/** What is given, and the places of the values that were used. */
export interface Given {
  readonly args: JsonObject;
  readonly used: readonly number[];
}

/** A tool, or a line item. */
export interface Takes {
  /** Stems of its name, which say nothing of its parameters. */
  readonly words: readonly string[];
  readonly params: readonly ParamWords[];
}

/**
 * All that is required and what else is said, or null where something is missing or can be two things.
 * What stands near counts before what stands far off.
 */
export function argumentsIn(
  message: Message,
  takes: Takes,
  near: readonly Stretch[],
  far: readonly Stretch[],
): Given | null {
  const args: Record<string, Json> = {};
  const used: number[] = [];
  const byNeed = [...takes.params].sort((left, right) => orderOf(left) - orderOf(right));
  for (const param of byNeed) {
    const given =
      giveOne(message, takes, param, near, used) ??
      (param.required || isMentioned(message, param, near)
        ? giveOne(message, takes, param, far, used)
        : null);
    if (given === null) {
      if (param.required) return null;
      continue;
    }
    args[param.name] = given.value;
    used.push(...given.places);
  }
  const ordered = takes.params.flatMap(({ name }) => {
    const value = args[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { args: Object.fromEntries(ordered), used };
}

/** Line items before what they are made of, required before optional, longer names before those they contain. */
function orderOf({ required, item, label }: ParamWords): number {
  return (item?.['type'] === 'object' ? 0 : 100) + (required ? 0 : 50) - label.length;
}

/** Whether an optional parameter is spoken of, so that its value may stand elsewhere: "with this email". */
function isMentioned({ tokens }: Message, { label }: ParamWords, stretches: readonly Stretch[]): boolean {
  return stretches.some(({ from, to }) => tokens.slice(from, to).some(({ stem }) => label.includes(stem)));
}

interface One {
  readonly value: Json;
  readonly places: readonly number[];
}

function giveOne(
  message: Message,
  takes: Takes,
  param: ParamWords,
  stretches: readonly Stretch[],
  used: readonly number[],
): One | null {
  if (param.item?.['type'] === 'object') return linesOf(message, param, stretches);
  const found = stretches
    .flatMap((stretch) => candidatesIn(message, param, stretch))
    .filter(({ from }) => !used.includes(from));
  if (param.item !== null) return listOf(found);
  const chosen = only(found) ?? onlyLabelled(message, takes, param, found) ?? inOrder(param, found);
  if (chosen === null || (!param.required && !isSaid(message, param, chosen))) return null;
  return { value: chosen.value, places: placesOf(message, takes, param, found, chosen) };
}

function linesOf(message: Message, param: ParamWords, stretches: readonly Stretch[]): One | null {
  const found = stretches.flatMap((stretch) => {
    const records = recordsIn(message, param, stretch);
    return records === null ? [] : [records];
  });
  if (found.length === 0) return null;
  return { value: found.flatMap(({ value }) => value), places: found.flatMap(({ places }) => places) };
}

function listOf(found: readonly Candidate[]): One | null {
  const items = [...new Map(found.map(({ value }) => [canonicalJson(value), value])).values()];
  return items.length === 0 ? null : { value: items, places: found.map(({ from }) => from) };
}

/** A row is the same wherever it stands; of other values that are alike, two parameters may each have one. */
function placesOf(
  message: Message,
  takes: Takes,
  param: ParamWords,
  found: readonly Candidate[],
  chosen: Candidate,
): readonly number[] {
  const alike = found.filter(({ value }) => value === chosen.value);
  if (param.schema['x-entity'] !== undefined || alike.length < 2) return alike.map(({ from }) => from);
  const weights = alike.map((candidate) => labelWeight(message, takes, param, candidate));
  const best = alike[weights.indexOf(Math.max(...weights))] ?? chosen;
  return [best.from];
}

function only(found: readonly Candidate[]): Candidate | null {
  const [first] = found;
  return first !== undefined && found.every(({ value }) => value === first.value) ? first : null;
}

/** The one candidate beside the parameter's words, if there is just one. */
function onlyLabelled(
  message: Message,
  takes: Takes,
  param: ParamWords,
  found: readonly Candidate[],
): Candidate | null {
  const weighed = found.map((candidate) => ({
    candidate,
    weight: labelWeight(message, takes, param, candidate),
  }));
  const top = Math.max(1, ...weighed.map(({ weight }) => weight));
  return only(weighed.filter(({ weight }) => weight === top).map(({ candidate }) => candidate));
}

const first = /^(?:start|begin|from|first)/;
const last = /^(?:end|until|to|last|finish)/;

/** Of two times the earlier one is when something starts: "from 1 September to 14 September". */
function inOrder({ label, schema }: ParamWords, found: readonly Candidate[]): Candidate | null {
  const [one, other] = [...new Map(found.map((candidate) => [candidate.value, candidate])).values()];
  if (schema['format'] === undefined || one === undefined || other === undefined) return null;
  const [early, late] = canonicalJson(one.value) < canonicalJson(other.value) ? [one, other] : [other, one];
  if (label.some((word) => first.test(word))) return early;
  return label.some((word) => last.test(word)) ? late : null;
}

const labelReach = 5;

/** How close the parameter's words stand before a value, or behind it as a unit. */
function labelWeight(
  { tokens }: Message,
  { words }: Takes,
  { label }: ParamWords,
  { from, to }: Candidate,
): number {
  let weight = 0;
  for (const word of label) {
    if (label.length > 1 && words.includes(word)) continue;
    for (let at = from - 1; at >= Math.max(0, from - labelReach); at--) {
      if (tokens[at]?.kind === 'break') break;
      if (tokens[at]?.stem === word) {
        weight += labelReach + 1 - (from - at);
        break;
      }
    }
    const unit = tokens[to]?.text === '%' ? [tokens[to], tokens[to + 1]] : [tokens[to]];
    if (unit.some((token) => token?.stem === word)) weight += labelReach;
  }
  return weight;
}

/** Whether an optional argument is really meant: its form shows it, or its words stand before it. */
function isSaid({ tokens }: Message, param: ParamWords, { value, from }: Candidate): boolean {
  const { type, pattern } = param.schema;
  if (pattern !== undefined || param.members.size > 0 || param.unit === 'cents') return true;
  if (type === 'boolean' || (typeof value === 'string' && value.includes('@'))) return true;
  const before = tokens.slice(Math.max(0, from - labelReach), from);
  return param.label.some((word) => before.some(({ stem }) => stem === word));
}
