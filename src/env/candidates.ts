// The masked candidates that any actor gets: actions that make sense from the agent's view and what
// it has observed, never from state, scenario or goal. Ordered: calls (tools in manifest order), asks,
// refusals, close, tells, then proposals of the writes. All distinct. Bounds: `valueBound` values a
// parameter, `callBound` calls a tool (a larger product is sampled, by tool and size alone),
// `tellBound` values of the last result. Candidates are decoded from their number, not listed.
import { isObject, type Json, type JsonObject } from '../core/json.js';
import { deriveRng } from '../core/rng.js';
import type { ToolManifest } from '../emit/emitted-domain.js';
import type { AgentAct, TypedValue } from '../policy/talk.js';
import { argumentValues, type ArgumentValues } from './argument-values.js';
import { absent, type Option } from './line-values.js';
import { policyIds } from './policy-ids.js';
import type { Action, AgentView, Observation } from './protocol.js';
import { boundResult, eachScalar, visibleTypes } from '../language/result-values.js';
import { createPools, type ValuePools } from './value-pools.js';

export const callBound = 64;
export const tellBound = 24;

export interface Candidates {
  /** Takes in what the agent sees. */
  observe(observation: Observation): void;
  size(): number;
  /** The candidate of that number, from 0. */
  at(index: number): Action;
  fork(): Candidates;
}

/** All candidates after a history of observations. */
export function candidates(view: AgentView, history: readonly Observation[]): Action[] {
  const tracked = trackCandidates(view);
  for (const observation of history) tracked.observe(observation);
  return Array.from({ length: tracked.size() }, (_, index) => tracked.at(index));
}

/** Candidates that follow a talk as it goes. */
export function trackCandidates(view: AgentView): Candidates {
  return track(plansOf(view), createPools(), []);
}

interface CallPlan {
  readonly tool: ToolManifest;
  readonly params: readonly ArgumentValues[];
}

interface Plans {
  readonly calls: readonly CallPlan[];
  readonly says: readonly AgentAct[];
}

/** The calls of one tool, as choices to decode. */
interface Space {
  readonly version: number;
  readonly options: readonly (readonly Option[])[];
  readonly size: number;
  /** Which of a larger product are candidates. */
  readonly sample: readonly number[] | null;
}

function track(plans: Plans, pools: ValuePools, tells: readonly TypedValue[]): Candidates {
  let told = tells;
  const spaces: (Space | undefined)[] = [];
  const spaceAt = (index: number, plan: CallPlan): Space => {
    const known = spaces[index];
    const version = plan.params.reduce(
      (sum, { depends }) => depends.reduce((inner, name) => inner + pools.pool(name).version, sum),
      0,
    );
    return known?.version === version ? known : (spaces[index] = spaceOf(plan, pools, version));
  };
  const callAt = (index: number, writesOnly: boolean): { tool: string; args: JsonObject } | number => {
    let left = index;
    for (const [place, plan] of plans.calls.entries()) {
      if (writesOnly && plan.tool.effect !== 'write') continue;
      const space = spaceAt(place, plan);
      if (left < space.size) return { tool: plan.tool.name, args: decode(plan, space, left) };
      left -= space.size;
    }
    return left;
  };
  return {
    observe(observation) {
      pools.observe(observation);
      if (observation.type === 'result') told = tellable(observation.value);
    },
    size() {
      let size = plans.says.length + told.length;
      for (const [place, plan] of plans.calls.entries()) {
        size += spaceAt(place, plan).size * (plan.tool.effect === 'write' ? 2 : 1);
      }
      return size;
    },
    at(index) {
      const call = callAt(index, false);
      if (typeof call !== 'number') return { type: 'call', ...call };
      const act = plans.says[call];
      if (act !== undefined) return { type: 'say', act };
      const value = told[call - plans.says.length];
      if (value !== undefined) return { type: 'say', act: { act: 'tell', values: [value] } };
      const proposed = callAt(call - plans.says.length - told.length, true);
      if (typeof proposed === 'number') throw new RangeError(`no candidate ${index}`);
      return { type: 'say', act: { act: 'propose', call: proposed } };
    },
    fork: () => track(plans, pools.fork(), told),
  };
}

function spaceOf(plan: CallPlan, pools: ValuePools, version: number): Space {
  const options = plan.params.map(({ values }) => values(pools));
  const product = options.reduce((size, values) => size * values.length, 1);
  if (product <= callBound) return { version, options, size: product, sample: null };
  const rng = deriveRng('candidates', plan.tool.name, product);
  const chosen = new Set<number>();
  while (chosen.size < callBound) chosen.add(rng.int(0, Math.min(product, 2 ** 40) - 1));
  return { version, options, size: callBound, sample: [...chosen].sort((left, right) => left - right) };
}

/** The arguments of a number: its digits in the mixed base of the options, the last one fastest. */
function decode(plan: CallPlan, space: Space, index: number): JsonObject {
  let left = space.sample?.[index] ?? index;
  const chosen: Option[] = [];
  for (let at = space.options.length - 1; at >= 0; at--) {
    const options = space.options[at] ?? [];
    chosen[at] = options[left % options.length] ?? absent;
    left = Math.floor(left / options.length);
  }
  const args: Record<string, Json> = {};
  for (const [at, { name }] of plan.params.entries()) {
    const value = chosen[at];
    if (value !== undefined && value !== absent) args[name] = value;
  }
  return args;
}

function tellable(result: Json): TypedValue[] {
  const found = new Map<string, TypedValue>();
  eachScalar(boundResult(result), (_, value) => {
    for (const type of found.size < tellBound ? visibleTypes(value) : []) {
      found.set(`${type} ${String(value)}`, { type, value });
    }
  });
  return [...found.values()].slice(0, tellBound);
}

const plansCache = new WeakMap<AgentView, Plans>();

function plansOf(view: AgentView): Plans {
  const known = plansCache.get(view);
  if (known !== undefined) return known;
  const calls = view.manifest.map((tool) => ({ tool, params: paramsOf(tool) }));
  const plans = { calls, says: [...asks(view), ...refusals(view), { act: 'close' } as const] };
  plansCache.set(view, plans);
  return plans;
}

/** A hand-over's summary is free text that nothing compares: one stands for all. */
function paramsOf(tool: ToolManifest): readonly ArgumentValues[] {
  const params = argumentValues(tool.parameters);
  if (tool.effect !== 'control') return params;
  return params.map((param) =>
    param.name === 'summary' ? { ...param, depends: [], values: () => ['Please take over.'] } : param,
  );
}

/** One ask for each thing a user may be able to say, and one for all that a look-up needs. */
function asks(view: AgentView): AgentAct[] {
  const wanted = view.manifest.filter(({ effect }) => effect !== 'control').map(sayableSlots);
  const single = [...new Set(wanted.flat())].map((slot) => [slot]);
  const joint = wanted.filter((slots) => slots.length > 1);
  const distinct = new Map([...single, ...joint].map((slots) => [slots.join(' '), slots]));
  return [...distinct.values()].map((slots) => ({ act: 'ask', slots }));
}

/** Required parameters that are no ids: what a tool needs and only a person can say. */
export function sayableSlots(tool: ToolManifest): readonly string[] {
  const { properties, required } = tool.parameters;
  if (!isObject(properties) || !Array.isArray(required)) return [];
  return (required as readonly string[]).filter((name) => {
    const schema = properties[name];
    const of = isObject(schema) && isObject(schema['items']) ? schema['items'] : schema;
    return isObject(of) && of['x-entity'] === undefined;
  });
}

function refusals(view: AgentView): AgentAct[] {
  return policyIds(view).map((policy) => ({ act: 'refuse', policy }));
}
