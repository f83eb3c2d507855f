// The search: for each goal that no case has reached yet, attempts with ever new drafts, bounded.
// Whatever an attempt reaches on the way counts. All randomness comes from streams named by the
// goal, so that one goal more does not change the cases of another.
import { canonicalJson, type JsonObject } from '../core/json.js';
import { deriveRng, type Seed } from '../core/rng.js';
import { Bug } from '../core/errors.js';
import { interpret } from '../spec/interpret.js';
import type { Domain, SpecTool, Tool } from '../spec/model.js';
import type { CallCase, GoalOutcome } from './case.js';
import { diffStates } from './changes.js';
import { derivedGoals } from './derived-goals.js';
import { startDraft, type Ground } from './draft.js';
import type { Attempt, Goal, VariantGoal } from './goal.js';
import { toolGoals, variantGoals } from './goals.js';
import { randomArgs } from './random-args.js';
import { openSite, type Site } from './site.js';

const attempts = { required: 150, boundary: 24, variant: 80 } as const;
/** Successes beyond those that goals ask for: they vary rows and values. */
const extraSuccesses = 3;

export interface Found {
  readonly cases: readonly CallCase[];
  readonly goals: readonly GoalOutcome[];
}

/** Searches cases for every goal of a tool. */
export function searchTool(
  ground: Ground,
  tool: Tool,
  seed: Seed,
  fits: (tool: string, args: JsonObject) => boolean,
): Found {
  const goals = tool.kind === 'spec' ? toolGoals(tool, ground.entities) : derivedGoals(tool, ground.entities);
  const kept: { attempt: Attempt; covers: string[] }[] = [];
  const outcomes: GoalOutcome[] = [];

  const note = (goal: { id: string; kind: Goal['kind']; required: boolean }, reached: boolean): void => {
    outcomes.push({ id: `${tool.name}: ${goal.id}`, kind: goal.kind, required: goal.required, reached });
  };
  const seek = (goal: Omit<Goal, 'met'>, budget: number, met: (attempt: Attempt) => boolean): boolean => {
    const known = kept.find(({ attempt }) => met(attempt));
    if (known !== undefined) {
      known.covers.push(goal.id);
      return true;
    }
    for (let index = 0; index < budget; index++) {
      const attempt = tryOnce(ground, tool, seed, goal, index);
      if (attempt === null || !fits(tool.name, attempt.site.args) || !met(attempt)) continue;
      kept.push({ attempt, covers: [goal.id] });
      return true;
    }
    return false;
  };

  for (const goal of goals) {
    note(goal, seek(goal, goal.required ? attempts.required : attempts.boundary, goal.met));
  }
  if (tool.kind === 'spec') {
    for (const goal of variantGoals(tool, ground.entities)) {
      const differs = variantTest(ground.domain, tool, goal);
      note(goal, seek(goal, goal.required ? attempts.required : attempts.variant, differs));
    }
  }
  const [success] = goals;
  if (success !== undefined) {
    const fresh = (attempt: Attempt): boolean =>
      success.met(attempt) && kept.every((one) => one.attempt !== attempt && !sameArgs(one.attempt, attempt));
    for (let index = 0; index < extraSuccesses; index++) {
      seek({ ...success, id: `success again ${index}` }, 8, fresh);
    }
  }
  return {
    cases: distinct(kept.map(({ attempt, covers }, index) => toCase(tool, attempt, covers, index))),
    goals: outcomes,
  };
}

function tryOnce(
  ground: Ground,
  tool: Tool,
  seed: Seed,
  goal: Omit<Goal, 'met'>,
  index: number,
): Attempt | null {
  const rng = deriveRng(seed, 'case', tool.name, goal.id, index);
  const draft = startDraft(ground);
  const args = randomArgs(tool, draft, rng);
  const site = openSite(draft, rng, tool, args);
  if (tool.params.some((param) => !param.optional && args[param.name] === undefined)) return null;
  goal.aim(site);
  const before = draft.state();
  return run(ground.domain, tool, site, before);
}

function run(domain: Domain, tool: Tool, site: Site, before: Attempt['before']): Attempt | null {
  try {
    const { reply, state } = interpret(domain, before, tool.name, site.args);
    return { site, before, reply, after: state };
  } catch (error) {
    // A list with an item twice, or a value that a patched state makes meaningless: no case.
    if (error instanceof Bug || error instanceof RangeError) return null;
    throw error;
  }
}

function variantTest(domain: Domain, tool: SpecTool, goal: VariantGoal): (attempt: Attempt) => boolean {
  const twin: Domain = {
    ...domain,
    tools: domain.tools.map((one) => (one === tool ? goal.variant : one)),
  };
  const keys = new Map(domain.entities.map((entity) => [entity.name, entity.key]));
  return ({ site, before, reply, after }) => {
    try {
      const other = interpret(twin, before, tool.name, site.args);
      return (
        canonicalJson(other.reply) !== canonicalJson(reply) || diffStates(keys, after, other.state).length > 0
      );
    } catch (error) {
      if (error instanceof Bug || error instanceof RangeError || error instanceof TypeError) return true;
      throw error;
    }
  };
}

function toCase(
  tool: Tool,
  { site, before, reply, after }: Attempt,
  covers: readonly string[],
  index: number,
): CallCase {
  const { ground } = site.draft;
  const args: JsonObject = { ...site.args };
  return {
    kind: 'call',
    id: `${tool.name}/${index + 1}`,
    tool: tool.name,
    args,
    patch: site.draft.patch(),
    covers,
    expect:
      reply.type === 'result'
        ? { verdict: 'success', value: reply.value, changes: diffStates(ground.keys, before, after) }
        : { verdict: 'anticipated-rejection', code: reply.code, message: reply.message },
  };
}

function sameArgs(left: Attempt, right: Attempt): boolean {
  return canonicalJson(left.site.args) === canonicalJson(right.site.args);
}

function distinct(cases: readonly CallCase[]): CallCase[] {
  const seen = new Set<string>();
  return cases.filter((one) => {
    const text = canonicalJson([one.args, one.patch]);
    return !seen.has(text) && seen.add(text);
  });
}
