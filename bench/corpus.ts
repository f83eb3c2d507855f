// A corpus of agents' messages with the acts they mean, and when a reader has read one rightly; as
// test/language/corpus/README.md says.
import { canonicalJson } from '../src/core/json.js';
import { boundName } from '../src/spec/names.js';
import { saysSame } from '../src/policy/told.js';
import type { AgentAct, TypedValue } from '../src/policy/talk.js';

export interface CorpusLine {
  readonly id: string;
  readonly domain: string;
  readonly style: string;
  readonly context: { readonly seen?: readonly string[]; readonly wishes?: readonly string[] };
  readonly text: string;
  readonly acts: readonly AgentAct[];
  /** Acts that may be heard or not. */
  readonly may?: readonly AgentAct[];
}

/** The lines of a file of JSON lines. */
export function corpusLines(text: string): readonly CorpusLine[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as CorpusLine);
}

/** Whether exactly the acts of a line were heard. */
export function isRight(line: CorpusLine, heard: readonly AgentAct[]): boolean {
  const [want, have, may] = [sort(line.acts), sort(heard), sort(line.may ?? [])];
  const optional = (act: string): boolean => may.acts.has(act);
  // An ask that a line allows instead stands for the one it expects.
  const instead = [...have.acts].some((act) => act.startsWith('ask') && optional(act));
  const missing = [...want.acts].filter(
    (act) => !have.acts.has(act) && !optional(act) && !(instead && act.startsWith('ask')),
  );
  const excess = [...have.acts].filter((act) => !want.acts.has(act) && !optional(act));
  const allowed = (value: TypedValue): boolean => may.told.some((other) => saysSame(other, value));
  const untold = want.told.filter((value) => !allowed(value) && !has(have.told, value));
  const overheard = have.told.filter((value) => !isWord(value) && !allowed(value) && !has(want.told, value));
  return [missing, excess, untold, overheard].every(({ length }) => length === 0);
}

/** Acts as keys, in which order does not count, and the values told. */
function sort(acts: readonly AgentAct[]): {
  readonly acts: ReadonlySet<string>;
  readonly told: readonly TypedValue[];
} {
  return {
    acts: new Set(acts.flatMap((act) => (act.act === 'tell' ? [] : [keyOf(act)]))),
    told: acts.flatMap((act) => (act.act === 'tell' ? act.values : [])),
  };
}

function keyOf(act: Exclude<AgentAct, { act: 'tell' }>): string {
  switch (act.act) {
    case 'ask':
      return `ask ${[...new Set(act.slots.map(slotKey))].sort().join(' ')}`;
    case 'propose':
      return `propose ${canonicalJson({ ...act.call })}`;
    case 'refuse':
      return `refuse ${act.policy}`;
    case 'close':
      return 'close';
  }
}

/** `hold`, `hold_id`, `holds` and `hold_ids` count as the same. */
function slotKey(slot: string): string {
  return boundName(slot).replace(/(?<=[^s])s$/, '');
}

function has(values: readonly TypedValue[], value: TypedValue): boolean {
  return values.some((other) => saysSame(other, value));
}

/** Strings, members and ids that stand in the message are not counted against a tell. */
function isWord({ type }: TypedValue): boolean {
  return type === 'string' || type === 'enum' || type === 'id';
}
