// The rules of a domain by their words: which of them a refusal names or gives in other words.
import type { TalkPolicy } from '../../emit/emitted-domain.js';
import { kinOf } from './families.js';
import { stem } from './stem.js';

export interface Rule {
  readonly id: string;
  readonly kind: TalkPolicy['kind'];
  readonly on: readonly string[];
  /** How much each stem of its text tells it from the other rules. */
  readonly weights: ReadonlyMap<string, number>;
  /** Stems of the other members of the enums that it speaks of: economy, where express parcels only are meant. */
  readonly siblings: ReadonlySet<string>;
}

const common = new Set(
  'the a an and or of to for in on at by with is are be been not no only may must can before after any all it its this that than as from up has have had will would does do you your their them they he she his her who whom which whose what when where how if unless until while there so but out into per each some such said say says please'
    .split(' ')
    .map(stem),
);

const numerals = new Map(
  'zero one two three four five six seven eight nine ten eleven twelve'
    .split(' ')
    .map((word, value) => [stem(word), String(value)]),
);

/** A number in words as one in digits, anything else as it is. */
export function numeral(word: string): string {
  return numerals.get(word) ?? word;
}

export function contentStems(text: string): readonly string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:\.\d+)?/gu) ?? [];
  return words.map((word) => numeral(stem(word))).filter((word) => !common.has(word));
}

/** Rules with their words; `enums` are the members of each enum. */
export function prepareRules(
  policies: readonly TalkPolicy[],
  enums: readonly (readonly string[])[],
): readonly Rule[] {
  const texts = policies.map(
    (policy) => new Set([...contentStems(policy.text), ...contentStems(policy.id.replaceAll('_', ' '))]),
  );
  const count = (word: string): number => texts.filter((text) => text.has(word)).length;
  return policies.map(({ id, kind, on }, at) => ({
    id,
    kind,
    on,
    weights: new Map(
      [...(texts[at] ?? [])].map((word) => [word, Math.log(1 + policies.length / count(word))]),
    ),
    siblings: siblingsOf(texts[at] ?? new Set(), enums),
  }));
}

function siblingsOf(text: ReadonlySet<string>, enums: readonly (readonly string[])[]): ReadonlySet<string> {
  const siblings = enums.flatMap((members) => {
    const stems = members.map((member) => contentStems(member.replaceAll('_', ' ')));
    const spoken = stems.filter((words) => words.length > 0 && words.every((word) => text.has(word)));
    return spoken.length === 0 ? [] : stems.filter((words) => words.length === 1).flat();
  });
  return new Set(siblings.filter((word) => !text.has(word)));
}

/** Words of a message, with what is much the same. */
export interface SaidWords {
  readonly words: ReadonlySet<string>;
  readonly kin: ReadonlySet<string>;
}

export function saidWords(stems: ReadonlySet<string>): SaidWords {
  const words = new Set([...stems].filter((word) => !common.has(word)));
  return { words, kin: new Set([...words].flatMap(kinOf)) };
}

/** What the caller wants, and the stems of the tools' names, which tell their rules from no other. */
export interface Wanted {
  readonly wishes: readonly string[];
  readonly stems: ReadonlySet<string>;
}

export function wantedOf(wishes: readonly string[]): Wanted {
  const tools = wishes.filter((wish) => !wish.includes('.'));
  return { wishes, stems: new Set(tools.flatMap((tool) => contentStems(tool.replaceAll('_', ' ')))) };
}

const siblingWeight = 0.6;

/** How well words fit a rule: from 0 to about 1, more where the rule governs what the caller wants. */
export function fitOf(rule: Rule, { words, kin }: SaidWords, { wishes, stems }: Wanted): number {
  let shared = 0;
  let all = 0;
  for (const [word, full] of rule.weights) {
    const weight = stems.has(word) ? full * 0.2 : full;
    all += weight;
    if (words.has(word)) shared += weight;
    else if (kin.has(word)) shared += weight * 0.5;
  }
  if ([...words].some((word) => rule.siblings.has(word))) shared += siblingWeight;
  // Long texts need not be said in full.
  const fit = shared / Math.max(5, all * 0.6 + 2);
  const governs = rule.on.some((one) => wishes.includes(one));
  const kind = rule.kind === 'guard' ? 1 : rule.kind === 'escalate' ? 0.8 : 0.6;
  return fit * kind * (wishes.length === 0 ? 1 : governs ? 1.3 : 0.6);
}
