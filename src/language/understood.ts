// Whether a text is heard as what it was meant to say: a wording that is not is not used.
import { canonicalJson } from '../core/json.js';
import type { AgentAct } from '../policy/talk.js';
import { saysSame } from '../policy/told.js';
import { boundName } from '../spec/names.js';
import type { HeardDomain } from './hear/lexicon.js';
import { readText } from './read-agent.js';

/** Whether the text is heard as exactly this act, by who wants nothing and by who wants what it may be about. */
export function isUnderstood(domain: HeardDomain, act: AgentAct, text: string): boolean {
  const seen = act.act === 'tell' ? [act.values.map(({ value }) => String(value))] : [];
  return [[], ...wantedBy(domain, act)].every((wishes) =>
    isSame(act, readText(text, { domain, seen, wishes })),
  );
}

/** What a caller may want who hears such an act: what it is about, or more. */
function wantedBy({ manifest, talkPolicies }: HeardDomain, act: AgentAct): readonly (readonly string[])[] {
  if (act.act === 'propose') return [[act.call.tool]];
  const all = manifest.filter(({ effect }) => effect === 'write').map(({ name }) => name);
  if (act.act !== 'refuse') return [all];
  const rule = talkPolicies.find(({ id }) => id === act.policy);
  const about =
    rule?.kind === 'conceal' ? rule.of.map(({ entity, column }) => `${entity}.${column}`) : (rule?.on ?? []);
  return [...about.map((one) => [one]), [...all, ...about.filter((one) => !all.includes(one))]];
}

function isSame(act: AgentAct, heard: readonly AgentAct[]): boolean {
  const [first] = heard;
  if (first === undefined || heard.length > 1 || first.act !== act.act) return false;
  if (act.act === 'ask' && first.act === 'ask') {
    return canonicalJson(slotsOf(act.slots)) === canonicalJson(slotsOf(first.slots));
  }
  if (act.act !== 'tell' || first.act !== 'tell')
    return canonicalJson({ ...act }) === canonicalJson({ ...first });
  const [meant, said] = [act.values, first.values];
  return (
    meant.every((value) => said.some((other) => saysSame(value, other))) &&
    said.every((value) => meant.some((other) => saysSame(value, other)))
  );
}

/** `hold`, `hold_id` and `hold_ids` ask for the same. */
function slotsOf(slots: readonly string[]): readonly string[] {
  return slots.map((slot) => boundName(slot).replace(/(?<=[^s])s$/, '')).sort();
}
