// A chain of writes, run as code: every step is a call of a tool in a session of the world, so what
// is kept is known to work, to change something, and to break no rule.
import { canonicalJson, type Json, type JsonObject } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import { madeRow } from '../policy/belief/made.js';
import { computedParams, policiesOn, withComputed } from '../policy/belief/rules.js';
import { precedes } from '../policy/belief/precede.js';
import type { Call } from '../policy/talk.js';
import { stateSource } from '../spec/state-source.js';
import type { Session } from '../world/world.js';
import { must } from '../core/errors.js';
import type { Ground } from './ground.js';
import type { Chain, ChainStep } from './chain-model.js';
import { sampleArgs, type MadeRow } from './sample-call.js';

/** Why a step cannot be taken. */
export type StepFailure = 'refused' | 'breaks-policy' | 'no-effect' | 'no-arguments' | 'repeats' | 'fault';

/** Adds a step of the tool to a chain, trying arguments until one works; else why the last did not. */
export function extendChain(
  ground: Ground,
  session: Session,
  chain: Chain,
  toolName: string,
  caller: string,
  attempts: number,
  rng: Rng,
): Chain | StepFailure {
  const tool = must(ground.tools.get(toolName), `tool ${toolName}`);
  let failure: StepFailure = 'no-arguments';
  const named = namedRows(ground, chain);
  const made = madeRows(ground, chain);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const args = sampleArgs(ground, tool, caller, rng, { made, named, foreign: 0 });
    if (args === null) return failure;
    const next = takeStep(ground, session, chain, { tool: toolName, args }, caller);
    if (typeof next !== 'string') return next;
    failure = next;
    // A step without effect has changed the session all the same (a column that no digest compares).
    if (failure === 'no-effect' || failure === 'fault') return failure;
  }
  return failure;
}

/** Runs one step; the session is as it was when the step is refused or breaks a policy. */
export function takeStep(
  ground: Ground,
  session: Session,
  chain: Chain,
  step: ChainStep,
  caller: string,
): Chain | StepFailure {
  const args = bindArgs(ground, session, chain, step, caller);
  if (args === null) return 'no-arguments';
  const call: Call = { tool: step.tool, args };
  if (chain.run.some((earlier) => canonicalJson(earlier.call) === canonicalJson(call))) return 'repeats';
  const violated = session.violatedGuards(step.tool, args, caller);
  if (!violated.ok) return 'fault';
  if (violated.value.length > 0 || !canPrecede(ground, chain, call)) return 'breaks-policy';
  const reply = session.call(step.tool, args);
  if (reply.type !== 'result') return reply.type === 'fault' ? 'fault' : 'refused';
  const digest = session.digest();
  if (!digest.ok) return 'fault';
  if (digest.value === chain.digest) return 'no-effect';
  return {
    steps: [...chain.steps, step],
    run: [...chain.run, { call, result: reply.value }],
    digest: digest.value,
  };
}

/**
 * The arguments with made rows put in, and those that the rules settle as things stand in the session;
 * null when a step they come from is not there, or a rule settles nothing.
 */
export function bindArgs(
  ground: Ground,
  session: Session,
  chain: Chain,
  step: ChainStep,
  caller: string,
): JsonObject | null {
  const args: Record<string, Json> = {};
  for (const [name, arg] of Object.entries(step.args)) {
    if ('value' in arg) {
      args[name] = arg.value;
      continue;
    }
    const param = ground.tools.get(step.tool)?.params.find((other) => other.name === name);
    const source = chain.run[arg.made];
    const maker = source === undefined ? undefined : ground.tools.get(source.call.tool);
    if (source === undefined || maker === undefined || param?.type.kind !== 'row') return null;
    const id = madeRow(ground.domain, maker, param.type.entity, source.result);
    if (id === null) return null;
    args[name] = id;
  }
  return compute(ground, session, step.tool, args, caller);
}

function compute(
  ground: Ground,
  session: Session,
  toolName: string,
  args: JsonObject,
  caller: string,
): JsonObject | null {
  if (computedParams(ground.domain, toolName).size === 0) return args;
  const state = session.state();
  if (!state.ok) return null;
  const tool = must(ground.tools.get(toolName), `tool ${toolName}`);
  return withComputed(ground.domain, tool, args, caller, stateSource(state.value));
}

/** A write that must come first has to be wished for as well; a read the agent can make itself. */
function canPrecede(ground: Ground, chain: Chain, call: Call): boolean {
  return policiesOn(ground.domain, 'precede', call.tool).every(
    (policy) =>
      ground.tools.get(policy.first)?.effect === 'read' ||
      chain.run.some((earlier) => precedes(policy, earlier.call, call)),
  );
}

/** Rows that steps made and show: created since the seed state. */
function madeRows(ground: Ground, chain: Chain): MadeRow[] {
  return chain.run.flatMap((step, index) => {
    const tool = must(ground.tools.get(step.call.tool), `tool ${step.call.tool}`);
    return ground.domain.entities.flatMap((entity) => {
      const id = madeRow(ground.domain, tool, entity.name, step.result);
      const fresh = id !== null && !(ground.ids.get(entity.name) ?? []).includes(id);
      return fresh ? [{ step: index, entity: entity.name }] : [];
    });
  });
}

function namedRows(ground: Ground, chain: Chain): { readonly entity: string; readonly id: string }[] {
  return chain.run.flatMap(({ call }) =>
    (ground.tools.get(call.tool)?.params ?? []).flatMap((param) => {
      const id = call.args[param.name];
      if (param.type.kind !== 'row' || typeof id !== 'string') return [];
      const known = (ground.ids.get(param.type.entity) ?? []).includes(id);
      return known ? [{ entity: param.type.entity, id }] : [];
    }),
  );
}
