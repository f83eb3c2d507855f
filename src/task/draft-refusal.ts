// Tasks that must not be done: the tool would do it, and exactly one rule is against it. A guard is
// refused by name, an escalation handed over by name, and either only after reading what triggers it.
import type { ContentHash } from '../core/hash.js';
import type { JsonObject } from '../core/json.js';
import { must } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { policiesOn, type Rule } from '../policy/belief/rules.js';
import { traceRows } from '../spec/evaluate.js';
import { holdsGuard } from '../spec/interpret.js';
import type { Expr, Tool } from '../spec/model.js';
import { ruleOn } from '../spec/rule.js';
import { mentions } from '../spec/mention.js';
import { plainConduct } from './conduct.js';
import { rejected, type Drafted } from './draft.js';
import { wishForStep, type SpokenWish } from './goal.js';
import { callTool, identifyCaller, openClerk, recovers, ruleAgainst, say } from './gold.js';
import { rowEntity, type Ground } from './ground.js';
import { handOver } from './replay.js';
import { pickCaller, sampleArgs } from './sample-call.js';
import { bindArgs } from './chain.js';
import { knownOf, type KnownSlots } from './scenario.js';
import type { ActNeeded, Step } from './task.js';
import type { Usage } from './use.js';

const attempts = 60;

export function draftRefusal(
  ground: Ground,
  usage: Usage,
  rule: Rule,
  toolName: string,
  seedDigest: ContentHash,
  rng: Rng,
): Drafted {
  const found = findCase(ground, usage, rule, toolName, seedDigest, rng);
  if (found === null) return rejected('no-case-for-rule');
  const { caller, step, args } = found;
  const wish = wishForStep(ground, caller, step, rng);
  if (wish === null) return rejected('not-describable');
  const known = knownOf(ground, caller, rng);
  const gold = goldFor(ground, rule, caller, known, wish, toolName, args);
  if (typeof gold === 'string') return rejected(gold);
  const kind = rule.kind === 'guard' ? 'refuse' : 'transfer';
  const identify: ActNeeded[] =
    policiesOn(ground.domain, 'verify', toolName).length > 0 ? [{ act: 'identify', caller }] : [];
  const rows = triggers(ground, rule, toolName, args, caller);
  const read: ActNeeded[] = rows.length > 0 ? [{ act: 'read', rows }] : [];
  return {
    draft: {
      kind,
      caller,
      known,
      wishes: [wish],
      gold,
      goal: {
        accepts: [{ digest: seedDigest, communicate: [] }],
        actsNeeded: [...identify, ...read, { act: kind, policy: rule.id }],
      },
      conduct: plainConduct(1, false),
      subsets: { run: 0, reaching: 0 },
      used: [caller, rule.id, `${rule.id}/${toolName}`],
    },
  };
}

interface Case {
  readonly caller: string;
  readonly step: Parameters<typeof wishForStep>[2];
  readonly args: JsonObject;
}

/** A call that the tool would carry out and that exactly this rule forbids. */
function findCase(
  ground: Ground,
  usage: Usage,
  rule: Rule,
  toolName: string,
  seedDigest: ContentHash,
  rng: Rng,
): Case | null {
  const tool = must(ground.tools.get(toolName), `tool ${toolName}`);
  const condition = conditionOf(rule, tool);
  if (condition === undefined) return null;
  // A rule about whose something is shows on what is somebody else's.
  const foreign = mentions(condition, 'caller') ? 0.6 : 0;
  const session = ground.world.open();
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const caller = pickCaller(ground, tool, usage, rng);
      const sampled = sampleArgs(ground, tool, caller, rng, { made: [], named: [], foreign });
      const step = sampled === null ? null : { tool: toolName, args: sampled };
      const none = { steps: [], run: [], digest: seedDigest };
      const args = step === null ? null : bindArgs(ground, session, none, step, caller);
      if (step === null || args === null) continue;
      const violated = session.violatedGuards(toolName, args, caller);
      if (!violated.ok || violated.value.length !== 1 || violated.value[0] !== rule.id) continue;
      if (session.call(toolName, args).type !== 'result') continue;
      const digest = session.digest();
      session.reset();
      if (digest.ok && digest.value !== seedDigest) return { caller, step, args };
    }
    return null;
  } finally {
    session.close();
  }
}

function goldFor(
  ground: Ground,
  rule: Rule,
  caller: string,
  known: KnownSlots,
  { wish }: SpokenWish,
  toolName: string,
  args: JsonObject,
): readonly Step[] | string {
  const session = ground.world.open();
  try {
    const clerk = openClerk(ground, session, caller);
    if (!identifyCaller(clerk, known)) return 'caller-not-found';
    const references = wish.wish === 'do' ? Object.entries(wish.args) : [];
    if (!references.every(([name, reference]) => recovers(clerk, reference, args[name]))) {
      return 'not-recoverable';
    }
    const against = ruleAgainst(clerk, { tool: toolName, args });
    if (against === null) return 'rule-not-knowable';
    if (against === 'none' || against.id !== rule.id) return 'other-rule';
    for (const id of triggers(ground, rule, toolName, args, caller)) readRow(clerk, id);
    if (rule.kind === 'guard') say(clerk, { act: 'refuse', policy: rule.id });
    else {
      const summary = rule.text;
      clerk.steps.push({ by: 'agent', call: { tool: handOver, args: { policy: rule.id, summary } } });
    }
    return clerk.steps;
  } finally {
    session.close();
  }
}

/** Reads a row that the judgement rests on, where no result has shown it yet. */
function readRow(clerk: ReturnType<typeof openClerk>, id: string): void {
  const entity = clerk.ground.domain.entities.find(({ name }) => clerk.ground.ids.get(name)?.includes(id));
  if (entity === undefined || clerk.beliefs.entities.get(entity.name)?.rows.has(id)) return;
  const get = clerk.ground.domain.tools.find(
    (tool) => tool.kind === 'derived' && tool.read === 'get' && tool.entity === entity.name,
  );
  if (get !== undefined) callTool(clerk, { tool: get.name, args: { [entity.key]: id } });
}

/** Ids of the rows that an agent must have read: whose values trigger the rule, else those the call is about. */
function triggers(
  ground: Ground,
  rule: Rule,
  toolName: string,
  args: JsonObject,
  caller: string,
): readonly string[] {
  const tool = must(ground.tools.get(toolName), `tool ${toolName}`);
  const condition = must(conditionOf(rule, tool), `condition of ${rule.id}`);
  // Of a conjunction that fails, the first part that fails is what triggers the rule.
  const parts = rule.kind === 'guard' ? conjuncts(condition) : [condition];
  for (const part of parts) {
    const trace = traceRows(ground.source);
    const holds = holdsGuard(part, tool, args, caller, trace.source, rule.kind === 'guard');
    if ((!holds || rule.kind === 'escalate') && trace.rows.size > 0) return [...trace.rows.keys()].toSorted();
  }
  return tool.params
    .filter((param) => rowEntity(param) !== null)
    .flatMap((param) => [args[param.name] ?? []].flat())
    .filter((id) => typeof id === 'string')
    .toSorted();
}

function conjuncts(expr: Expr): readonly Expr[] {
  if (expr.kind !== 'binary' || expr.op !== 'and') return [expr];
  return [...conjuncts(expr.left), ...conjuncts(expr.right)];
}

function conditionOf(rule: Rule, tool: Tool): Expr | undefined {
  return ruleOn(rule, tool)?.condition;
}
