// What the cases of a policy's condition must show: a call that complies and one that violates, without
// a caller, with a missing row, at every boundary, and one for every small wrong version.
import { idSlots } from '../spec/id-slots.js';
import { sameLines } from '../spec/line-item.js';
import type { Expr, Param } from '../spec/model.js';
import { isNumeric } from '../spec/types.js';
import { provoke } from './approach.js';
import { nodesOf } from './conditions.js';
import type { Ground } from './draft.js';
import { assign, force, forceGap } from './force.js';
import { forceRow, rowAt } from './force-row.js';
import { repeatLine, repeatsLine } from './line-goals.js';
import { missingId } from './random-args.js';
import { judgeRule, type Rule } from './rules.js';
import { gapAt, valueAt, type Site } from './site.js';
import { resize, sizeAt, sizes } from './sizes.js';
import { tableRowGoals } from './table-row-goals.js';
import { exprVariants } from './variants.js';

export interface GuardGoal {
  readonly id: string;
  readonly required: boolean;
  readonly kind: 'guard' | 'boundary' | 'variant';
  readonly aim: (site: Site) => void;
  readonly met: (site: Site) => boolean;
}

/** The goals of a rule. */
export function ruleGoals(rule: Rule, ground: Ground): GuardGoal[] {
  const { condition, complies, tool } = rule;
  const judged = (site: Site, expr: Expr): boolean | undefined => judgeRule(rule, site, expr);
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
    ...nodesOf(condition).flatMap((node, index) =>
      node.kind !== 'aggregate'
        ? []
        : sizes.map((name, wanted): GuardGoal => ({
            id: `${name} ${index} ${node.fn}`,
            kind: 'boundary',
            required: false,
            aim: (site) => {
              provoke(site, condition, node);
              resize(site, node, wanted);
            },
            met: (site) => sizeAt(site, node) === wanted && judged(site, condition) !== undefined,
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
        if (variant.shows !== undefined) force(site, site.rng.pick(variant.shows).when, true);
        if (isExact(condition) && site.rng.chance(0.7)) makeExact(site, condition);
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

/** Of an amount that has to be exact: gives it. */
function makeExact(site: Site, { left, right }: Extract<Expr, { kind: 'binary' }>): void {
  const value = valueAt(site, right);
  if (value !== undefined) assign(site, left, value);
}

function isExact(condition: Expr): condition is Extract<Expr, { kind: 'binary' }> {
  return condition.kind === 'binary' && condition.op === '==' && isNumeric(condition.left.type);
}

/** An amount that has to be exact: one that is less, and one that is more. */
function equalityGoals(
  { condition }: Rule,
  judged: (site: Site, expr: Expr) => boolean | undefined,
): GuardGoal[] {
  if (!isExact(condition)) return [];
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
  return [
    {
      id: `same ${param.name}`,
      kind: 'guard',
      required: false,
      aim: (site) => {
        force(site, condition, !complies);
        repeatLine(site, param);
      },
      met: (site) =>
        repeatsLine(site, param) &&
        namesRows(site) &&
        valueAt(site, condition) === !complies &&
        judged(site, condition) === complies,
    },
  ];
}

/** Whether every id in the arguments is that of a row. */
function namesRows({ tool, args, draft }: Site): boolean {
  const slots = (tool?.params ?? []).flatMap((param) =>
    idSlots(param).map(({ entity, ids }) => ({ entity, named: ids(args[param.name]) })),
  );
  return slots.every(({ entity, named }) => named.every((id) => draft.get(entity, id) !== undefined));
}
