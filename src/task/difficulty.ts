// Difficulty as features that can be counted; nobody's opinion enters.
import { policiesOn, rulesOn } from '../policy/belief/rules.js';
import type { Reference } from '../policy/talk.js';
import type { Draft } from './draft.js';
import type { Ground } from './ground.js';

export function difficultyOf(ground: Ground, draft: Draft): Readonly<Record<string, number>> {
  const { domain } = ground;
  const calls = draft.gold.flatMap((step) => ('call' in step ? [step.call] : []));
  const acts = draft.gold.flatMap((step) => ('say' in step ? [step.say] : []));
  const wished = draft.wishes.flatMap(({ wish }) => (wish.wish === 'do' ? [wish.tool] : []));
  const references = draft.wishes.flatMap(({ wish }) =>
    wish.wish === 'do' ? Object.values(wish.args) : [wish.of],
  );
  const facts = references.flatMap(factsIn);
  const isWrite = (tool: string): boolean => ground.tools.get(tool)?.effect === 'write';
  return {
    wishes: draft.wishes.length,
    writes: calls.filter((call) => isWrite(call.tool)).length,
    reads: calls.filter((call) => ground.tools.get(call.tool)?.effect === 'read').length,
    steps: draft.gold.length,
    asked: acts.reduce((total, act) => total + (act.act === 'ask' ? act.slots.length : 0), 0),
    withheld: draft.conduct.withheld.length,
    corrected: draft.conduct.corrected.length,
    later: draft.wishes.length - draft.conduct.later,
    insists: draft.conduct.insists ? 1 : 0,
    unknown: domain.entities
      .filter((entity) => entity.name === domain.caller)
      .flatMap((entity) => entity.columns)
      .filter((column) => column.known && column.role === 'value')
      .filter((column) => !Object.hasOwn(draft.known, column.attr)).length,
    confirmations: acts.filter((act) => act.act === 'propose').length,
    rules: wished.reduce((total, tool) => total + rulesOn(domain, tool).length, 0),
    precedes: wished.reduce((total, tool) => total + policiesOn(domain, 'precede', tool).length, 0),
    facts: facts.length,
    hops: Math.max(0, ...facts.map((path) => path.split('.').length - 1)),
    made: references.filter((reference) => reference.type === 'made').length,
    told: draft.goal.accepts[0]?.communicate.length ?? 0,
  };
}

/** Paths of the facts in a reference. */
function factsIn(reference: Reference): readonly string[] {
  if (reference.type === 'row') return reference.facts.map((fact) => fact.path);
  return reference.type === 'list' ? reference.items.flatMap(factsIn) : [];
}
