// Random rounds of calls, planned with the interpreter: a patch over the seed state (in every other
// round) and calls, each with what must come of it. Differential testing and the laws run them.
import type { JsonObject } from '../core/json.js';
import { Bug } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { interpret, type Interpreted } from '../spec/interpret.js';
import type { Domain, Tool } from '../spec/model.js';
import type { State, Value } from '../spec/state.js';
import type { RowChange } from '../../sandbox/guest-api.js';
import { applyChanges } from './changes.js';
import { layGround, startDraft, type Draft, type Ground } from './draft.js';
import { randomArgs } from './random-args.js';
import { idText, shifted } from './scalar.js';
import { nearRows, tellingValue } from './telling-values.js';

export interface PlannedCall {
  readonly tool: string;
  readonly args: JsonObject;
  /** For the guards: somebody who is identified, or nobody. */
  readonly caller: string | null;
  readonly before: State;
  readonly reply: Interpreted;
  readonly after: State;
}

export interface Round {
  readonly patch: readonly RowChange[];
  readonly start: State;
  readonly calls: readonly PlannedCall[];
}

export interface RoundOptions {
  readonly calls: number;
  /** The tools to call, with weights; by default all, writes thrice as often as reads. */
  readonly tools?: readonly Tool[];
  /** How many random changes the round begins with. */
  readonly shake: number;
  readonly fits: (tool: string, args: JsonObject) => boolean;
}

/** Plans one round. */
export function planRound(ground: Ground, rng: Rng, options: RoundOptions): Round {
  const { domain } = ground;
  const draft = startDraft(ground);
  shake(draft, rng, options.shake);
  const start = draft.state();
  const tools = options.tools ?? domain.tools;
  const weights = tools.map((tool) => (tool.effect === 'write' ? 3 : 1));
  const calls: PlannedCall[] = [];
  let state = start;
  for (let attempt = 0; calls.length < options.calls && attempt < options.calls * 4; attempt++) {
    const call = planCall(domain, state, rng.weighted(tools, weights), rng, options.fits);
    if (call === null) continue;
    calls.push(call);
    state = call.after;
  }
  return { patch: draft.patch(), start, calls };
}

/** One call; every other one is chosen to succeed, where a few attempts find such arguments. */
function planCall(
  domain: Domain,
  state: State,
  tool: Tool,
  rng: Rng,
  fits: RoundOptions['fits'],
): PlannedCall | null {
  const draft = startDraft(layGround(domain, state));
  const tries = rng.chance(0.5) ? 5 : 1;
  let call: PlannedCall | null = null;
  for (let index = 0; index < tries && call?.reply.type !== 'result'; index++) {
    const args = nearRows(tool, randomArgs(tool, draft, rng, { missing: 0.04 }), draft, rng);
    if (!fits(tool.name, args)) continue;
    try {
      const { reply, state: after } = interpret(domain, state, tool.name, args);
      const callers = draft.ids(domain.caller);
      const caller = rng.chance(0.15) || callers.length === 0 ? null : pickCaller(tool, args, draft, rng);
      call = { tool: tool.name, args, caller, before: state, reply, after };
    } catch (error) {
      if (!(error instanceof Bug)) throw error; // a shaken state without a meaning here
    }
  }
  return call;
}

/** An identified caller: mostly the one whose rows the call is about, when a row names one. */
export function pickCaller(tool: Tool, args: JsonObject, draft: Draft, rng: Rng): string {
  const { domain, entities } = draft.ground;
  if (rng.chance(0.6)) {
    for (const param of tool.params) {
      if (param.type.kind !== 'row') continue;
      const id = idText(args[param.name]);
      if (param.type.entity === domain.caller && draft.get(domain.caller, id) !== undefined) return id;
      const row = draft.get(param.type.entity, id);
      const column = entities
        .get(param.type.entity)
        ?.columns.find(({ type }) => type.kind === 'row' && type.entity === domain.caller);
      const owner = column === undefined ? undefined : row?.[column.column];
      if (typeof owner === 'string') return owner;
    }
  }
  return rng.pick(draft.ids(domain.caller));
}

/** Changes a few columns at random: to values of the same column elsewhere, a step off, or where rules turn. */
export function shake(draft: Draft, rng: Rng, changes: number): void {
  const entities = [...draft.ground.entities.values()];
  for (let index = 0; index < changes; index++) {
    const entity = rng.pick(entities);
    const ids = draft.ids(entity.name);
    const columns = entity.columns.filter((column) => column.role !== 'key' && !column.unique);
    if (ids.length === 0 || columns.length === 0) continue;
    const column = rng.pick(columns);
    const id = rng.pick(ids);
    let value: Value | undefined = draft.get(entity.name, rng.pick(ids))?.[column.column];
    if (column.role === 'status') value = rng.pick(entity.machine?.states ?? []);
    else if (rng.chance(0.4) && (typeof value === 'string' || typeof value === 'number')) {
      value = rng.chance(0.5)
        ? tellingValue(draft.ground.domain, column, draft.now, rng)
        : (shifted(value, column.type, rng.pick([-1, 1, -60, 60, 1440])) ?? value);
    }
    if (value !== undefined) draft.set(entity.name, id, column.column, value);
  }
}

/** The same calls on the seed state under a patch, with outcomes of their own; null where they have none. */
export function replan(
  ground: Ground,
  patch: readonly RowChange[],
  calls: readonly Pick<PlannedCall, 'tool' | 'args' | 'caller'>[],
): Round | null {
  const start = applyChanges(ground.keys, ground.state, patch);
  const planned: PlannedCall[] = [];
  let state = start;
  try {
    for (const { tool, args, caller } of calls) {
      const { reply, state: after } = interpret(ground.domain, state, tool, args);
      planned.push({ tool, args, caller, before: state, reply, after });
      state = after;
    }
  } catch (error) {
    if (error instanceof Bug) return null;
    throw error;
  }
  return { patch, start, calls: planned };
}
