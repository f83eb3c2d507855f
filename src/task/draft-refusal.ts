// Tasks that must not be done, or not in full. A guard, or a policy on what must not be told, is refused
// by name, an escalation handed over by name, and each only after reading what triggers it. What else the
// caller wants is done: it leaves what is forbidden alone, so that no order makes either different.
import { must } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import type { Rule } from '../policy/belief/rules.js';
import { namedRows } from './chain.js';
import { emptyChain } from './chain-model.js';
import { doneErrands, growFor, usesOf } from './draft-do.js';
import type { Conceal, Drafted, Errand, TurnedDown } from './draft.js';
import { findCase, findSecret, type CaseOptions } from './forbidden.js';
import { wishForStep, wishToBeTold } from './goal.js';
import { rowsBehind } from './questions.js';
import { knownOf } from './scenario.js';
import { noteFailure, pickLeastUsed } from './use.js';
import type { Workshop } from './workshop.js';

/** A case of a rule, and what the caller says to ask for it. */
interface Forbidden {
  readonly caller: string;
  /** Ids of the rows that it is about. */
  readonly rows: readonly string[];
  readonly errand: Errand & TurnedDown;
  readonly used: readonly string[];
}

const attempts = 60;
/** For one caller there are fewer cases, and other rules will do as well. */
const attemptsForOne = 15;
const permittedWeights = [50, 35, 15];
const startsTried = 6;
const rulesTried = 3;
/** Chance that something is done before the talk is handed over, and that two things are refused. */
const doesBefore = 0.4;
const refusesTwo = 0.35;

/** One wish, against one rule. */
export function draftRefusal(workshop: Workshop, topic: string, rng: Rng): Drafted {
  const { ground } = workshop;
  const rule = ruleNamed(workshop, topic);
  const forbidden = forbid(workshop, rule, { caller: null, avoid: new Set(), attempts }, rng);
  if (typeof forbidden === 'string') return { reason: forbidden };
  const { caller } = forbidden;
  if (rule.kind === 'escalate' && rng.chance(doesBefore)) {
    const mixed = draftAround(workshop, 'transfer', forbidden, rng);
    if (mixed !== null) return mixed;
  }
  return {
    draft: {
      kind: rule.kind === 'escalate' ? 'transfer' : 'refuse',
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
  const { usage, links, sizes } = workshop;
  const { caller } = forbidden;
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
      forbidden.rows.filter((id) => id !== caller),
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
  { caller, rows, errand }: Forbidden,
  growth: Exclude<ReturnType<typeof growFor>, string>,
  rng: Rng,
): readonly Forbidden[] {
  if (!rng.chance(refusesTwo)) return [];
  const { usage, topics } = workshop;
  const avoid = new Set([...growth.claimed.rows, ...rows].filter((id) => id !== caller));
  let others = topics.part.filter((id) => id !== errand.rule.id);
  for (let attempt = 0; attempt < rulesTried && others.length > 0; attempt++) {
    const id = pickLeastUsed(usage, others, rng);
    const options = { caller, avoid, attempts: attemptsForOne };
    const second = forbid(workshop, ruleNamed(workshop, id), options, rng);
    if (typeof second !== 'string') return [second];
    others = others.filter((other) => other !== id);
  }
  return [];
}

/** A case of the rule, by the least used of what it speaks about, in the caller's words. */
function forbid(
  workshop: Workshop,
  rule: Rule | Conceal,
  options: CaseOptions,
  rng: Rng,
): Forbidden | 'no-case-for-rule' | 'not-describable' {
  const { usage, secrets } = workshop;
  const on = rule.kind === 'conceal' ? (secrets.get(rule.id) ?? []) : rule.on;
  const name = pickLeastUsed(
    usage,
    on.map((what) => `${rule.id}/${what}`),
    rng,
  );
  const what = name.slice(rule.id.length + 1);
  const used = [rule.id, name];
  const forbidden =
    rule.kind === 'conceal'
      ? forbidTelling(workshop, rule, what, used, options, rng)
      : forbidCall(workshop, rule, what, used, options, rng);
  if (forbidden === 'no-case-for-rule' && options.caller === null) noteFailure(usage, name);
  return forbidden;
}

function forbidCall(
  { ground, usage }: Workshop,
  rule: Rule,
  tool: string,
  used: readonly string[],
  options: CaseOptions,
  rng: Rng,
): Forbidden | 'no-case-for-rule' | 'not-describable' {
  const found = findCase(ground, usage, rule, tool, options, rng);
  if (found === null) return 'no-case-for-rule';
  const { caller, step, call } = found;
  const spoken = wishForStep(ground, caller, step, rng);
  if (spoken === null) return 'not-describable';
  const end = rule.kind === 'escalate' ? 'handed-over' : 'refused';
  const rows = namedRows(ground, [call]).map(({ id }) => id);
  return { caller, rows, errand: { end, spoken, call, rule }, used };
}

function forbidTelling(
  { ground }: Workshop,
  rule: Conceal,
  key: string,
  used: readonly string[],
  options: CaseOptions,
  rng: Rng,
): Forbidden | 'no-case-for-rule' | 'not-describable' {
  const found = findSecret(ground, rule, key, options, rng);
  if (found === null) return 'no-case-for-rule';
  const { caller, question } = found;
  const { entity, id, attr } = question;
  const spoken = wishToBeTold(ground, caller, entity, id, attr, rng);
  if (spoken === null) return 'not-describable';
  return {
    caller,
    rows: rowsBehind(ground, question),
    errand: { end: 'concealed', spoken, question, rule },
    used,
  };
}

function ruleNamed({ rules }: Workshop, id: string): Rule | Conceal {
  return must(rules.get(id), `rule ${id}`);
}
