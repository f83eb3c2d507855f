// Tasks that must not be done, or not in full. A guard is refused by name, an escalation handed over by
// name, and either only after reading what triggers it. What else the caller wants is done: it leaves
// what is forbidden alone, so that no order makes the one or the other different.
import { must } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import type { Rule } from '../policy/belief/rules.js';
import { namedRows } from './chain.js';
import { emptyChain } from './chain-model.js';
import { doneErrands, growFor, usesOf } from './draft-do.js';
import type { Drafted, Errand } from './draft.js';
import { findCase, type Case, type CaseOptions } from './forbidden.js';
import { wishForStep } from './goal.js';
import { knownOf } from './scenario.js';
import { noteFailure, pickLeastUsed } from './use.js';
import type { Workshop } from './workshop.js';

/** A case of a rule, and what the caller says to ask for it. */
interface Forbidden {
  readonly found: Case;
  readonly errand: Extract<Errand, { end: 'refused' | 'handed-over' }>;
  readonly used: readonly string[];
}

const attempts = 60;
/** For one caller there are fewer cases, and other rules will do as well. */
const attemptsForOne = 15;
const permittedWeights = [50, 35, 15];
const startsTried = 6;
/** Chance that something is done before the talk is handed over, and that two things are refused. */
const doesBefore = 0.4;
const refusesTwo = 0.25;

/** One wish, against one rule. */
export function draftRefusal(workshop: Workshop, topic: string, rng: Rng): Drafted {
  const { ground } = workshop;
  const rule = ruleNamed(workshop, topic);
  const forbidden = forbid(workshop, rule, { caller: null, avoid: new Set(), attempts }, rng);
  if (typeof forbidden === 'string') return { reason: forbidden };
  const { caller } = forbidden.found;
  if (rule.kind === 'escalate' && rng.chance(doesBefore)) {
    const mixed = draftAround(workshop, 'transfer', forbidden, rng);
    if (mixed !== null) return mixed;
  }
  return {
    draft: {
      kind: rule.kind === 'guard' ? 'refuse' : 'transfer',
      caller,
      known: knownOf(ground, caller, rng),
      chain: emptyChain(ground.digest),
      chains: 0,
      errands: [forbidden.errand],
      used: [caller, ...forbidden.used],
    },
  };
}

/** Some wishes that are done, and one or two that are against a rule each. */
export function draftPart(workshop: Workshop, topic: string, rng: Rng): Drafted {
  const options = { caller: null, avoid: new Set<string>(), attempts };
  const forbidden = forbid(workshop, ruleNamed(workshop, topic), options, rng);
  if (typeof forbidden === 'string') return { reason: forbidden };
  return draftAround(workshop, 'part', forbidden, rng) ?? { reason: 'nothing-permitted' };
}

/** What is forbidden, with something that is done around it; null where the caller has nothing of that kind. */
function draftAround(
  workshop: Workshop,
  kind: 'part' | 'transfer',
  forbidden: Forbidden,
  rng: Rng,
): Drafted | null {
  const { ground, usage, links, sizes } = workshop;
  const { caller, call } = forbidden.found;
  const avoid = namedRows(ground, [call]).map(({ id }) => id);
  const target = sizes.upTo(rng.weighted([1, 2, 3], permittedWeights));
  let open = [...links.writes];
  for (let attempt = 0; attempt < startsTried && open.length > 0; attempt++) {
    const tool = pickLeastUsed(usage, open, rng);
    open = open.filter((other) => other !== tool);
    const growth = growFor(
      workshop,
      caller,
      tool,
      target,
      rng,
      avoid.filter((id) => id !== caller),
    );
    if (typeof growth === 'string') continue;
    const { known, chain, ends } = growth;
    const turnedDown =
      kind === 'part' ? [forbidden, ...another(workshop, forbidden, growth, rng)] : [forbidden];
    const errands = turnedDown.reduce<readonly Errand[]>(
      (sofar, { errand }) =>
        kind === 'part' ? sofar.toSpliced(rng.int(0, sofar.length), 0, errand) : [...sofar, errand],
      doneErrands(growth),
    );
    const used = [...usesOf(growth), ...turnedDown.flatMap((one) => one.used)];
    return { draft: { kind, caller, known, chain, chains: ends.length, errands, used } };
  }
  return null;
}

/** Now and then a second wish of the caller that another rule is against. */
function another(
  workshop: Workshop,
  { found, errand }: Forbidden,
  growth: Exclude<ReturnType<typeof growFor>, string>,
  rng: Rng,
): readonly Forbidden[] {
  if (!rng.chance(refusesTwo)) return [];
  const { ground, usage, topics } = workshop;
  const others = topics.part.filter((id) => id !== errand.rule.id);
  if (others.length === 0) return [];
  const taken = namedRows(ground, [found.call]).map(({ id }) => id);
  const avoid = new Set([...growth.claimed.rows, ...taken].filter((id) => id !== found.caller));
  const rule = ruleNamed(workshop, pickLeastUsed(usage, others, rng));
  const options = { caller: found.caller, avoid, attempts: attemptsForOne };
  const second = forbid(workshop, rule, options, rng);
  return typeof second === 'string' ? [] : [second];
}

/** A case of the rule, by the least used of the tools that it speaks about, in the caller's words. */
function forbid(
  workshop: Workshop,
  rule: Rule,
  options: CaseOptions,
  rng: Rng,
): Forbidden | 'no-case-for-rule' | 'not-describable' {
  const { ground, usage } = workshop;
  const cases = rule.on.map((tool) => `${rule.id}/${tool}`);
  const name = pickLeastUsed(usage, cases, rng);
  const tool = name.slice(rule.id.length + 1);
  const found = findCase(ground, usage, rule, tool, options, rng);
  if (found === null) {
    if (options.caller === null) noteFailure(usage, name);
    return 'no-case-for-rule';
  }
  const spoken = wishForStep(ground, found.caller, found.step, rng);
  if (spoken === null) return 'not-describable';
  const end = rule.kind === 'guard' ? 'refused' : 'handed-over';
  return { found, errand: { end, spoken, call: found.call, rule }, used: [rule.id, name] };
}

function ruleNamed({ rules }: Workshop, id: string): Rule {
  return must(rules.get(id), `rule ${id}`);
}
