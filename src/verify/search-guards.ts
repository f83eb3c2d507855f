// Cases for what policies judge by conditions: for each policy and tool (of what may be told, entity)
// one that violates and one that complies, with the caller it takes, calls without a caller and with a missing row, and one for
// every small wrong version of the condition.
import { canonicalJson } from '../core/json.js';
import { deriveRng, type Seed } from '../core/rng.js';
import { Bug } from '../core/errors.js';
import { idSlots } from '../spec/id-slots.js';
import { concealing, holdsGuard, violatedGuards } from '../spec/interpret.js';
import { sameLines } from '../spec/line-item.js';
import type { Domain, Expr, Param, Policy, Tool } from '../spec/model.js';
import { ruleOn, toolsOf } from '../spec/rule.js';
import { isNumeric } from '../spec/types.js';
import type { GoalOutcome, GuardCase } from './case.js';
import { provoke } from './approach.js';
import { nodesOf } from './conditions.js';
import { startDraft, type Ground } from './draft.js';
import { force, forceGap } from './force.js';
import { forceRow, rowAt } from './force-row.js';
import { repeatLine } from './line-goals.js';
import { missingId, randomArgs } from './random-args.js';
import { idText } from './scalar.js';
import { gapAt, openSite, type Site } from './site.js';
import { tableRowGoals } from './table-row-goals.js';
import { exprVariants } from './variants.js';

/** A policy's condition on calls of one tool, or on the telling of one entity's rows. */
export interface Rule {
  readonly policy: string;
  /** The name under which guards.ts has it: of the tool or the entity. */
  readonly on: string;
  /** Whose parameters the condition sees; of an entity, those of the read that gets a row of it. */
  readonly tool: Tool;
  readonly condition: Expr;
  /** How it comes out where all is well, also where a row is missing. */
  readonly complies: boolean;
  /** How it comes out where it asks for a caller and nobody is identified. */
  readonly nobody: boolean;
}

/** The conditions of a policy. */
export function rulesOf({ tools }: Domain, policy: Policy): Rule[] {
  if (policy.kind === 'conceal') {
    return Object.entries(policy.unless ?? {}).flatMap(([on, condition]): Rule[] => {
      const tool = tools.find((one) => one.kind === 'derived' && one.read === 'get' && one.entity === on);
      return tool === undefined
        ? []
        : [{ policy: policy.id, on, tool, condition, complies: true, nobody: false }];
    });
  }
  return toolsOf(policy).flatMap((name): Rule[] => {
    const tool = tools.find((one) => one.name === name);
    const rule = tool && ruleOn(policy, tool);
    return tool === undefined || rule === undefined
      ? []
      : [{ policy: policy.id, on: tool.name, tool, ...rule, nobody: rule.complies }];
  });
}

interface GuardGoal {
  readonly id: string;
  readonly required: boolean;
  readonly kind: 'guard' | 'boundary' | 'variant';
  readonly aim: (site: Site) => void;
  readonly met: (site: Site) => boolean;
}

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

function ruleGoals(rule: Rule, ground: Ground): GuardGoal[] {
  const { condition, complies, tool } = rule;
  const judged = (site: Site, expr: Expr): boolean | undefined => judge(rule, site, expr);
  const side = (id: string, want: boolean): GuardGoal => ({
    id,
    kind: 'guard',
    required: false, // per policy, once over all its tools: see coverage.ts
    aim: (site) => force(site, condition, want),
    met: (site) => judged(site, condition) === want && site.caller !== null,
  });
  const mentionsCaller = nodesOf(condition).some(
    (node) => node.kind === 'variable' && node.name === 'caller',
  );
  const nobody: GuardGoal = {
    id: 'nobody identified',
    kind: 'guard',
    required: false,
    aim: (site) => {
      force(site, condition, !rule.nobody);
      site.caller = null;
    },
    met: (site) => site.caller === null && judged(site, condition) === rule.nobody,
  };
  return [
    side('complies', complies),
    side('violates', !complies),
    ...(mentionsCaller ? [nobody] : []),
    ...tool.params.flatMap((param) => missingGoals(param, judged, condition, complies)),
    ...tool.params.flatMap((param) => sameLinesGoals(param, judged, condition, complies)),
    ...nodesOf(condition).flatMap((node, index): GuardGoal[] =>
      node.kind !== 'binary' || !['<', '<=', '>', '>='].includes(node.op)
        ? []
        : [-1, 0, 1].map((gap) => ({
            id: `boundary ${index} ${node.op} ${gap}`,
            kind: 'boundary',
            required: false,
            aim: (site) => provoke(site, condition, node, gap),
            met: (site) => gapAt(site, node) === gap && judged(site, condition) !== undefined,
          })),
    ),
    ...equalityGoals(rule, judged),
    ...tableRowGoals(condition, '0', { entities: ground.entities, params: tool.params }).map(
      ({ id, call, row }): GuardGoal => ({
        id,
        kind: 'guard',
        required: false,
        aim: (site) => {
          provoke(site, condition, call);
          forceRow(site, call, row, force);
        },
        met: (site) => judged(site, condition) !== undefined && rowAt(site, call) === row,
      }),
    ),
    ...[...exprVariants(condition, ground.entities)].map((variant, index): GuardGoal => ({
      id: `variant ${index} ${variant.what}`,
      kind: 'variant',
      required: false,
      aim: (site) => {
        provoke(site, condition, variant.at ?? condition);
        if (variant.shows !== undefined) force(site, site.rng.pick(variant.shows), true);
      },
      met: (site) => {
        // Without a caller a version that no longer asks for one is not what wrong code would be.
        if (site.caller === null) return false;
        const right = judged(site, condition);
        return right !== undefined && judged(site, variant.value) !== right;
      },
    })),
  ];
}

/** An amount that has to be exact: one that is less, and one that is more. */
function equalityGoals(
  { condition }: Rule,
  judged: (site: Site, expr: Expr) => boolean | undefined,
): GuardGoal[] {
  if (condition.kind !== 'binary' || condition.op !== '==' || !isNumeric(condition.left.type)) return [];
  return [-1, 1].map((gap) => ({
    id: `boundary == ${gap}`,
    kind: 'boundary',
    required: false,
    aim: (site) => void forceGap(site, condition, gap),
    met: (site) => gapAt(site, condition) === gap && judged(site, condition) !== undefined,
  }));
}

/** A call that would violate, but for an id that no row has: it complies, whichever id it is. */
function missingGoals(
  param: Param,
  judged: (site: Site, expr: Expr) => boolean | undefined,
  condition: Expr,
  complies: boolean,
): GuardGoal[] {
  const { name } = param;
  return idSlots(param).map((slot): GuardGoal => {
    const violated = new WeakSet<Site>();
    return {
      id: `missing ${slot.name}`,
      kind: 'guard',
      required: false,
      aim: (site) => {
        force(site, condition, !complies);
        if (judged(site, condition) === !complies) violated.add(site);
        const id = missingId(slot.entity, site.draft, site.rng);
        site.args[name] = slot.put(site.args[name], id);
      },
      met: (site) =>
        violated.has(site) &&
        judged(site, condition) === complies &&
        slot.ids(site.args[name]).some((id) => site.draft.get(slot.entity, id) === undefined),
    };
  });
}

/** A call that would violate, but for two lines with the same rows: no tool takes it, so it complies. */
function sameLinesGoals(
  param: Param,
  judged: (site: Site, expr: Expr) => boolean | undefined,
  condition: Expr,
  complies: boolean,
): GuardGoal[] {
  if (sameLines(param) === undefined) return [];
  const violated = new WeakSet<Site>();
  return [
    {
      id: `same ${param.name}`,
      kind: 'guard',
      required: false,
      aim: (site) => {
        force(site, condition, !complies);
        if (judged(site, condition) === !complies) violated.add(site);
        repeatLine(site, param);
      },
      met: (site) => violated.has(site) && judged(site, condition) === complies,
    },
  ];
}

function judge(rule: Rule, { args, caller, draft }: Site, condition: Expr): boolean | undefined {
  try {
    return holdsGuard(condition, rule.tool, args, caller, draft, rule.complies, rule.nobody);
  } catch (error) {
    if (error instanceof Bug || error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
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
