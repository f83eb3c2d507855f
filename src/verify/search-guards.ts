// Cases for what policies judge by conditions: for each policy and tool (of what may be told, entity)
// one that violates and one that complies, with the caller it takes, calls without a caller and with a missing row, and one for
// every small wrong version of the condition.
import { canonicalJson } from '../core/json.js';
import { deriveRng, type Seed } from '../core/rng.js';
import { Bug } from '../core/errors.js';
import { concealing, violatedGuards } from '../spec/interpret.js';
import type { Domain } from '../spec/model.js';
import type { GoalOutcome, GuardCase } from './case.js';
import { startDraft, type Ground } from './draft.js';
import { randomArgs } from './random-args.js';
import { ruleGoals } from './rule-goals.js';
import type { Rule } from './rules.js';
import { idText } from './scalar.js';
import { openSite, type Site } from './site.js';

/** Searches cases for one policy's condition on one tool. */
export function searchRule(
  ground: Ground,
  rule: Rule,
  seed: Seed,
  fits: (tool: string, args: Site['args']) => boolean,
): { readonly cases: readonly GuardCase[]; readonly goals: readonly GoalOutcome[] } {
  const { tool } = rule;
  const kept: { site: Site; covers: string[] }[] = [];
  const goals: GoalOutcome[] = [];
  for (const goal of ruleGoals(rule, ground)) {
    const budget = goal.kind === 'guard' ? 150 : goal.kind === 'boundary' ? 24 : 80;
    const known = kept.find(({ site }) => goal.met(site));
    known?.covers.push(goal.id);
    let reached = known !== undefined;
    for (let index = 0; !reached && index < budget; index++) {
      const rng = deriveRng(seed, 'guard', rule.policy, rule.on, goal.id, index);
      const draft = startDraft(ground);
      const site = openSite(draft, rng, tool, randomArgs(tool, draft, rng));
      const callers = draft.ids(ground.domain.caller);
      site.caller = callers.length === 0 ? null : rng.pick(callers);
      goal.aim(site);
      reached = fits(tool.name, site.args) && goal.met(site);
      if (reached) kept.push({ site, covers: [goal.id] });
    }
    const id = `${rule.policy} on ${rule.on}: ${goal.id}`;
    goals.push({ id, kind: goal.kind, required: goal.required, reached });
  }
  const cases = kept.map(({ site, covers }, index) => toCase(ground, rule, site, covers, index));
  return { cases: cases.filter((one) => one !== null), goals };
}

function toCase(
  ground: Ground,
  rule: Rule,
  site: Site,
  covers: readonly string[],
  index: number,
): GuardCase | null {
  try {
    const violated = violatedBy(ground.domain, rule, site);
    return {
      kind: 'guard',
      id: `${rule.policy}/${rule.on}/${index + 1}`,
      tool: rule.on,
      args: JSON.parse(canonicalJson(site.args)) as Site['args'],
      caller: site.caller,
      patch: site.draft.patch(),
      covers,
      expect: { violated },
    };
  } catch (error) {
    if (error instanceof Bug) return null; // another policy has no value under this patch
    throw error;
  }
}

function violatedBy(domain: Domain, { on, tool }: Rule, { args, caller, draft }: Site): readonly string[] {
  if (on === tool.name) return violatedGuards(domain, on, args, caller, draft);
  return concealing(domain, on, idText(args[tool.params[0]?.name ?? '']), caller, draft);
}
