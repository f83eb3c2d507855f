// Cases for invariants: patches that break each one, through every entity that it mentions, and
// patches that tell its small wrong versions from the right one.
import { deriveRng, type Seed } from '../core/rng.js';
import { Bug } from '../core/errors.js';
import { evaluate } from '../spec/evaluate.js';
import { entitiesIn } from '../emit/dependencies.js';
import { brokenInvariants } from '../spec/interpret.js';
import type { Expr, Invariant } from '../spec/model.js';
import type { GoalOutcome, InvariantCase } from './case.js';
import { provoke } from './approach.js';
import { nodesOf } from './conditions.js';
import { startDraft, type Draft, type Ground } from './draft.js';
import { force } from './force.js';
import { openSite, type Site } from './site.js';
import { exprVariants } from './variants.js';

interface InvariantGoal {
  readonly id: string;
  readonly kind: 'invariant' | 'boundary' | 'variant';
  readonly required: boolean;
  /** The one entity whose rows may change. */
  readonly only?: string;
  readonly aim: (site: Site) => void;
  readonly met: (draft: Draft) => boolean;
}

/** Searches cases for one invariant. */
export function searchInvariant(
  ground: Ground,
  invariant: Invariant,
  seed: Seed,
): { readonly cases: readonly InvariantCase[]; readonly goals: readonly GoalOutcome[] } {
  const kept: { draft: Draft; covers: string[] }[] = [];
  const goals: GoalOutcome[] = [];
  for (const goal of invariantGoals(invariant, ground)) {
    const known = kept.find(({ draft }) => goal.met(draft));
    known?.covers.push(goal.id);
    let reached = known !== undefined;
    for (let index = 0; !reached && index < (goal.kind === 'variant' ? 60 : 200); index++) {
      const rng = deriveRng(seed, 'invariant', invariant.id, goal.id, index);
      const draft = startDraft(ground, {
        unbounded: true,
        ...(goal.only !== undefined && { only: goal.only }),
      });
      goal.aim(openSite(draft, rng, null, {}));
      reached = goal.met(draft);
      if (reached) kept.push({ draft, covers: [goal.id] });
    }
    goals.push({ id: `${invariant.id}: ${goal.id}`, kind: goal.kind, required: goal.required, reached });
  }
  const cases = kept.map(({ draft, covers }, index) => toCase(ground, invariant, draft, covers, index));
  return { cases: cases.filter((one) => one !== null), goals };
}

function invariantGoals(invariant: Invariant, ground: Ground): InvariantGoal[] {
  const { holds } = invariant;
  const nodes = nodesOf(holds);
  const anywhere = (site: Site): void => {
    const node = site.rng.pick(nodes);
    if (site.rng.chance(0.5)) provoke(site, holds, node);
    else force(site, holds, false);
  };
  const entities = entitiesIn(holds);
  return [
    {
      id: 'broken',
      kind: 'invariant',
      required: true,
      aim: anywhere,
      met: (draft) => judge(holds, draft) === false,
    },
    {
      id: 'kept under changes',
      kind: 'invariant',
      required: false,
      aim: anywhere,
      met: (draft) => judge(holds, draft) === true && draft.patch().length > 0,
    },
    ...entities.map((entity): InvariantGoal => ({
      id: `broken through ${entity}`,
      kind: 'boundary',
      required: false,
      only: entity,
      aim: anywhere,
      met: (draft) =>
        judge(holds, draft) === false && draft.patch().every((change) => change.entity === entity),
    })),
    ...entities.map((entity): InvariantGoal => ({
      id: `broken by a change of a ${entity}`,
      kind: 'boundary',
      required: false,
      only: entity,
      aim: anywhere,
      met: (draft) =>
        judge(holds, draft) === false &&
        draft.patch().every((change) => change.entity === entity && change.before !== null),
    })),
    ...[...exprVariants(holds, ground.entities)].map((variant, index): InvariantGoal => ({
      id: `variant ${index} ${variant.what}`,
      kind: 'variant',
      required: false,
      aim: (site) => {
        provoke(site, holds, variant.at ?? holds);
        if (variant.shows !== undefined) force(site, site.rng.pick(variant.shows).when, true);
      },
      met: (draft) => {
        const right = judge(holds, draft);
        return right !== undefined && judge(variant.value, draft) !== right;
      },
    })),
  ];
}

function judge(condition: Expr, draft: Draft): boolean | undefined {
  try {
    return evaluate(condition, draft, new Map()) === true;
  } catch (error) {
    if (error instanceof Bug || error instanceof RangeError || error instanceof TypeError) return undefined;
    throw error;
  }
}

function toCase(
  ground: Ground,
  invariant: Invariant,
  draft: Draft,
  covers: readonly string[],
  index: number,
): InvariantCase | null {
  try {
    return {
      kind: 'invariant',
      id: `${invariant.id}/${index + 1}`,
      patch: draft.patch(),
      covers,
      expect: { broken: brokenInvariants(ground.domain, draft.state()) },
    };
  } catch (error) {
    if (error instanceof Bug) return null; // another invariant has no value under this patch
    throw error;
  }
}
