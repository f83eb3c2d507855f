// The rules of a domain by their words: which of them a refusal names or gives in other words.
import type { TalkPolicy } from '../../emit/emitted-domain.js';
import { kinOf } from './families.js';
import { contentStems, isCommon } from './content.js';

export interface Rule {
  readonly id: string;
  readonly kind: TalkPolicy['kind'];
  /** What it governs: tools by name, and attributes as `Entity.attribute`. */
  readonly on: readonly string[];
  /** How much each stem of its text tells it from the other rules. */
  readonly weights: ReadonlyMap<string, number>;
  /** Stems of the other members of the enums that it speaks of: economy, where express parcels only are meant. */
  readonly siblings: ReadonlySet<string>;
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
  return policies.map((policy, at) => ({
    id: policy.id,
    kind: policy.kind,
    on: policy.kind === 'conceal' ? policy.of.map(({ entity, column }) => `${entity}.${column}`) : policy.on,
    weights: new Map(
      [...(texts[at] ?? [])].map((word) => [
        word,
        Math.log(1 + policies.length / count(word)) * (/^\d/.test(word) ? numberWeight : 1),
      ]),
    ),
    siblings: siblingsOf(texts[at] ?? new Set(), enums),
  }));
}

/** Numbers and lengths of time tell rules apart. */
const numberWeight = 1.5;

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
  const words = new Set([...stems].filter((word) => !isCommon(word)));
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

/** Some rules are for refusing, others for going about things. */
const kindWeights: Readonly<Record<string, number>> = { guard: 1, escalate: 0.8, conceal: 0.8 };
/** In rules about what is one's own, and in what is said of what is not. */
export const ownership = 'own';
const siblingWeight = 1;

/** How well words fit a rule: from 0 to about 1, more where the rule governs what the caller wants. */
export function fitOf(rule: Rule, { words, kin }: SaidWords, { wishes, stems }: Wanted): number {
  let shared = 0;
  let all = 0;
  for (const [word, full] of rule.weights) {
    // What is wished for stands in all rules about it, and tells none from another.
    all += stems.has(word) ? full * 0.2 : full;
    if (stems.has(word)) continue;
    if (words.has(word)) shared += full;
    else if (kin.has(word)) shared += full * 0.5;
  }
  if ([...words].some((word) => rule.siblings.has(word))) shared += siblingWeight;
  // Long texts need not be said in full.
  const fit = shared / Math.max(5, all * 0.6 + 2);
  const governs = rule.on.some((one) => wishes.includes(one));
  const kind = kindWeights[rule.kind] ?? 0.35;
  // Whose something is has to be spoken of.
  const whose = rule.weights.has(ownership) && !words.has(ownership) ? 0.5 : 1;
  return fit * kind * whose * (wishes.length === 0 ? 1 : governs ? 1.3 : 0.6);
}
