// From what was run to what is wanted: wishes whose references say what a caller can know, each with
// its words. The request act and the opening text both come from these, so they cannot disagree.
import type { Reference, Wish } from '../policy/talk.js';
import type { Json } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import type { Param, Type } from '../spec/model.js';
import { must } from '../core/errors.js';
import type { ChainArg, ChainStep } from './chain-model.js';
import { describeRow, type Description } from './describe.js';
import { entityNamed, type Ground } from './ground.js';
import { sayValue, type Manner } from '../language/manner.js';
import { sayList } from '../language/words.js';
import { speakLine } from './speak-lines.js';

/** A reference and its words. */
type Spoken = Description;

/** A wish and the words of its references, by parameter (for what is to be told about: `of`). */
export interface SpokenWish {
  readonly wish: Wish;
  readonly spoken: Readonly<Record<string, Spoken>>;
}

/** The wish for one step, or null when the caller cannot say one of its arguments. */
export function wishForStep(ground: Ground, caller: string, step: ChainStep, rng: Rng): SpokenWish | null {
  const tool = must(ground.tools.get(step.tool), `tool ${step.tool}`);
  const spoken: Record<string, Spoken> = {};
  for (const param of tool.params) {
    const arg = step.args[param.name];
    if (arg === undefined) continue;
    const words = speakArg(ground, caller, param, arg, rng);
    if (words === null) return null;
    spoken[param.name] = words;
  }
  const args = Object.fromEntries(Object.entries(spoken).map(([name, { reference }]) => [name, reference]));
  return { wish: { wish: 'do', tool: step.tool, args }, spoken };
}

/** The wish to be told a value of a row, or null when the caller cannot describe the row. */
export function wishToBeTold(
  ground: Ground,
  caller: string,
  entity: string,
  id: string,
  attr: string,
  rng: Rng,
): SpokenWish | null {
  const of = describeRow(ground, caller, entity, id, rng);
  if (of === null) return null;
  return { wish: { wish: 'tell', of: of.reference, entity, attr }, spoken: { of } };
}

/** The wish with the rows that earlier steps make called by the wishes for those steps; `places` holds these by step. */
export function renumberMade({ wish, spoken }: SpokenWish, places: readonly number[]): SpokenWish {
  const renumber = (reference: Reference): Reference =>
    reference.type === 'made'
      ? { ...reference, wish: must(places[reference.wish], 'the wish for a step') }
      : reference;
  if (wish.wish === 'tell') return { wish, spoken };
  const change = <T>(record: Readonly<Record<string, T>>, by: (value: T) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, by(value)]));
  return {
    wish: { ...wish, args: change(wish.args, renumber) },
    spoken: change(spoken, (words) => ({ ...words, reference: renumber(words.reference) })),
  };
}

function speakArg(ground: Ground, caller: string, param: Param, arg: ChainArg, rng: Rng): Spoken | null {
  if ('made' in arg) {
    const entity = param.type.kind === 'row' ? entityNamed(ground, param.type.entity).words : 'one';
    return spoken({ type: 'made', wish: arg.made }, () => `the new ${entity}`);
  }
  if (param.type.kind !== 'list') return speakAs(ground, caller, param.type, arg.value, rng);
  const items: Spoken[] = [];
  for (const value of Array.isArray(arg.value) ? (arg.value as readonly Json[]) : []) {
    const item = speakAs(ground, caller, param.type.item, value, rng);
    if (item === null) return null;
    items.push(item);
  }
  const reference: Reference = { type: 'list', items: items.map((item) => item.reference) };
  return spoken(reference, (manner) => sayList(items.map((item) => item.say(manner))));
}

/** A value of the type, or a row by its id, in the words of the caller; null when they have none for it. */
export function speakAs(ground: Ground, caller: string, type: Type, value: Json, rng: Rng): Spoken | null {
  if (type.kind === 'record') {
    return speakLine(type.fields, value, (field, one) => speakAs(ground, caller, field, one, rng));
  }
  if (typeof value === 'object') return null;
  if (type.kind === 'row') return describeRow(ground, caller, type.entity, String(value), rng);
  return spoken({ type: 'value', value }, (manner) =>
    sayValue(value, type, manner, ground.domain.say.values),
  );
}

function spoken(reference: Reference, say: (manner: Manner) => string): Spoken {
  return { reference, say, more: () => '' };
}
