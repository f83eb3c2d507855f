// Calls that must not be made: the tool would carry them out, and exactly one rule is against them.
import { must } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import type { Rule } from '../policy/belief/rules.js';
import type { Call } from '../policy/talk.js';
import { traceRows } from '../spec/evaluate.js';
import { holdsGuard } from '../spec/interpret.js';
import { mentions } from '../spec/mention.js';
import type { Expr } from '../spec/model.js';
import type { Session } from '../world/world.js';
import { bindArgs } from './chain.js';
import type { ChainStep } from './chain-model.js';
import { rowEntity, type Ground } from './ground.js';
import { pickCaller, sampleArgs } from './sample-call.js';
import type { Usage } from './use.js';

/** A forbidden call of somebody, as a step that can be said. */
export interface Case {
  readonly caller: string;
  readonly step: ChainStep;
  readonly call: Call;
}

export interface CaseOptions {
  /** Somebody in particular, or whoever the tool makes sense for. */
  readonly caller: string | null;
  /** Rows that the case has to leave alone. */
  readonly avoid: ReadonlySet<string>;
  readonly attempts: number;
}

/** Looks for a call of the tool that breaks this rule alone. */
export function findCase(
  ground: Ground,
  usage: Usage,
  rule: Rule,
  toolName: string,
  { caller: fixed, avoid, attempts }: CaseOptions,
  rng: Rng,
): Case | null {
  const tool = must(ground.tools.get(toolName), `tool ${toolName}`);
  const condition = conditionOf(rule, toolName);
  if (condition === undefined) return null;
  // A rule about whose something is shows on what is somebody else's.
  const foreign = mentions(condition, 'caller') ? 0.6 : 0;
  const session = ground.open();
  try {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const caller = fixed ?? pickCaller(ground, tool, usage, rng);
      const options = { usage, made: [], named: [], avoid, foreign };
      const sampled = sampleArgs(ground, tool, caller, rng, options);
      const step = sampled === null ? null : { tool: toolName, args: sampled };
      const args = step === null ? null : bindArgs(ground, [], step);
      if (step === null || args === null) continue;
      const call = { tool: toolName, args };
      if (breaksOnly(session, call, caller, rule) && worksOn(session, call)) return { caller, step, call };
    }
    return null;
  } finally {
    session.close();
  }
}

/** Whether exactly this rule is against the call now. */
export function breaksOnly(session: Session, { tool, args }: Call, caller: string, rule: Rule): boolean {
  const violated = session.violatedGuards(tool, args, caller);
  return violated.ok && violated.value.length === 1 && violated.value[0] === rule.id;
}

/** Whether the tool would carry out the call now and change something by it. */
export function worksOn(session: Session, { tool, args }: Call): boolean {
  const before = session.digest();
  const trial = session.fork();
  try {
    if (trial.call(tool, args).type !== 'result') return false;
    const after = trial.digest();
    return before.ok && after.ok && before.value !== after.value;
  } finally {
    trial.close();
  }
}

/** Ids of the rows that an agent must have read: whose values trigger the rule, else those the call is about. */
export function triggersOf(
  ground: Ground,
  rule: Rule,
  { tool: toolName, args }: Call,
  caller: string,
): readonly string[] {
  const tool = must(ground.tools.get(toolName), `tool ${toolName}`);
  const condition = must(conditionOf(rule, toolName), `condition of ${rule.id}`);
  // Of a conjunction that fails, the first part that fails is what triggers the rule.
  const parts = rule.kind === 'guard' ? conjuncts(condition) : [condition];
  for (const part of parts) {
    const trace = traceRows(ground.source);
    const holds = holdsGuard(part, tool, args, caller, trace.source, rule.kind === 'guard');
    if ((!holds || rule.kind === 'escalate') && trace.rows.size > 0) return [...trace.rows.keys()].toSorted();
  }
  return idsIn(ground, toolName, args);
}

/** Ids of the rows that a call names. */
function idsIn(ground: Ground, tool: string, args: JsonObject): readonly string[] {
  const params = ground.tools.get(tool)?.params ?? [];
  return params
    .filter((param) => rowEntity(param) !== null)
    .flatMap((param) => [args[param.name] ?? []].flat())
    .filter((id) => typeof id === 'string')
    .toSorted();
}

function conjuncts(expr: Expr): readonly Expr[] {
  if (expr.kind !== 'binary' || expr.op !== 'and') return [expr];
  return [...conjuncts(expr.left), ...conjuncts(expr.right)];
}

export function conditionOf(rule: Rule, tool: string): Expr | undefined {
  return rule.kind === 'guard' ? rule.holds[tool] : rule.when[tool];
}
