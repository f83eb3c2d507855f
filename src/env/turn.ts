// One turn of an episode: a call to the session or words to the user, with what each does to the
// talk, the policies and the user. Pure but for the session.
import { Bug, type Fault } from '../core/errors.js';
import { isObject, type Json } from '../core/json.js';
import { deriveRng, type Seed } from '../core/rng.js';
import type { ToolManifest } from '../emit/emitted-domain.js';
import { hearAgent, hearUser, judgeCall, noteHandOver, noteResult } from '../policy/monitor.js';
import { seeminglyAnswered, seemsAnswered } from '../policy/told.js';
import type { AgentAct, Call, TalkState, UserAct } from '../policy/talk.js';
import type { Task } from '../task/task.js';
import type { Session, World } from '../world/world.js';
import type { Answer } from '../../sandbox/guest-api.js';
import { findWrite, noteWrite, type WriteProgress } from './gold.js';
import { standingOf, type Standing } from './goal-atoms.js';
import type { PreparedTask } from './prepare.js';
import type { Action, AgentView, EpisodeStep, Observation, RewardWeights, Violation } from './protocol.js';
import { readText } from '../language/read-agent.js';
import { realiseUser } from '../language/realise.js';
import { stringsIn } from '../language/result-values.js';
import { respond, type UserState } from './user.js';

/** What fork copies, beside the session. Plain. */
export interface EpisodeState {
  readonly talk: TalkState;
  readonly user: UserState;
  readonly writes: WriteProgress;
  readonly wrongWrites: number;
  /** How far the writes have come towards the goal. */
  readonly standing: Standing;
  /** Φ: the share of the goal's atoms that hold. */
  readonly potential: number;
  readonly violations: readonly Violation[];
  readonly faults: readonly Fault[];
  readonly steps: readonly EpisodeStep[];
  /** By step: whether it changed the state or the talk. */
  readonly moved: readonly boolean[];
  readonly over: null | 'ended' | 'gave-up' | 'turn-limit' | 'fault';
}

/** What does not change during an episode. */
export interface Setting {
  readonly world: World;
  readonly task: Task;
  readonly prepared: PreparedTask | null;
  readonly effects: ReadonlyMap<string, ToolManifest>;
  readonly view: AgentView;
  readonly opening: Observation;
  readonly seed: Seed;
  readonly run: number;
  readonly agent: string;
  readonly maxSteps: number;
  readonly retries: number;
  readonly reward: RewardWeights;
}

/** What a step makes of the state. */
export interface Turn {
  readonly state: EpisodeState;
  readonly observation: Observation;
  /** Acts that were read from text. */
  readonly heard?: readonly AgentAct[];
}

/** What an action does, and what the agent sees of it. */
export function takeTurn(setting: Setting, session: Session, state: EpisodeState, action: Action): Turn {
  if (action.type === 'say') {
    if ('act' in action) return hear(setting, session, state, [action.act]);
    const heard = readText(action.text, readContext(setting, state));
    return { ...hear(setting, session, state, heard), heard };
  }
  return takeCall(setting, session, state, action);
}

/** A call of a tool, or the hand-over. */
export function takeCall(
  setting: Setting,
  session: Session,
  state: EpisodeState,
  action: Extract<Action, { type: 'call' }>,
): Turn {
  const call: Call = { tool: action.tool, args: action.args };
  const tool = setting.effects.get(action.tool);
  if (tool?.effect === 'control') return handOver(state, call, tool);
  return run(setting, session, state, call, tool?.effect === 'write');
}

/** A call. It is judged before it runs, and the judgement counts once the tool has accepted it. */
function run(setting: Setting, session: Session, state: EpisodeState, call: Call, writes: boolean): Turn {
  const { domain } = setting.world;
  const judged = retry(setting, state, () => judgeCall(domain, session, state.talk, call));
  if (!judged.ok) return broken(judged.state, judged.fault);
  const replied = retry(setting, judged.state, () => {
    const reply = session.call(call.tool, call.args);
    return reply.type === 'fault' ? { ok: false, fault: reply.fault } : { ok: true, value: reply };
  });
  if (!replied.ok) return broken(replied.state, replied.fault);
  const reply = replied.value;
  if (reply.type === 'refusal') {
    const { code, message } = reply;
    return { state: replied.state, observation: { type: 'refusal', tool: call.tool, code, message } };
  }
  const step = state.steps.length;
  const violations = judged.value.map((policy) => ({ policy, step, tool: call.tool }));
  const next: EpisodeState = {
    ...replied.state,
    talk: noteResult(domain, state.talk, call, reply.value),
    violations: violations.length === 0 ? state.violations : [...state.violations, ...violations],
  };
  const observation: Observation = { type: 'result', tool: call.tool, value: reply.value };
  if (!writes) return { state: next, observation };
  const noted = noteSuccess(setting, session, next, call);
  return noted.ok ? { state: noted.state, observation } : broken(noted.state, noted.fault);
}

interface Noted {
  readonly writes: WriteProgress;
  readonly standing: Standing;
}

/** Counts a successful write: as one that is waited for, or as wrong; and what it brought. */
function noteSuccess(setting: Setting, session: Session, state: EpisodeState, call: Call): Retried<Noted> {
  const prepared = preparedOf(setting);
  const index = findWrite(prepared.awaited, state.writes, call);
  const wrong = index < 0 || index >= prepared.gold.length ? 1 : 0;
  const noted = retry(setting, state, (): Answer<Noted> => {
    const diff = prepared.watched ? session.diff() : ({ ok: true, value: [] } as const);
    if (!diff.ok) return diff;
    const writes = noteWrite(prepared.awaited, state.writes, index, diff.value);
    const { stateSchema } = setting.world.domain;
    return { ok: true, value: { writes, standing: standingOf(stateSchema, prepared.atoms, diff.value) } };
  });
  if (!noted.ok) return noted;
  return {
    ...noted,
    state: { ...noted.state, ...noted.value, wrongWrites: state.wrongWrites + wrong },
  };
}

/** Words to the user, and the user's answer. */
function hear(setting: Setting, session: Session, state: EpisodeState, said: readonly AgentAct[]): Turn {
  const { task, seed, run } = setting;
  const prepared = preparedOf(setting);
  const talk = hearAgent(state.talk, said);
  const effects = retry(setting, state, () => effectsAreThere(prepared, session, state, said));
  if (!effects.ok) return broken(effects.state, effects.fault);
  const { user, acts } = respond(task.scenario, state.user, said, {
    reached: state.writes.done.length + seeminglyAnswered(talk, prepared.question),
    complete: effects.value && seemsAnswered(talk, prepared.question),
    wants: (call) => findWrite(prepared.awaited, state.writes, call) >= 0,
  });
  const rng = deriveRng(seed, 'user', task.id, run, user.turns);
  const over = user.over === 'no' ? null : user.over === 'gave-up' ? 'gave-up' : 'ended';
  return {
    state: { ...effects.state, talk: hearUser(talk, acts), user, over },
    observation: { type: 'user', text: realiseUser(acts, task.scenario.opening, rng), acts },
  };
}

/**
 * Whether the user, told that all is done, finds it done: each awaited write was made, or the state is
 * an accepted one by whatever way. Looked at only when the agent claims it.
 */
function effectsAreThere(
  prepared: PreparedTask,
  session: Session,
  state: EpisodeState,
  said: readonly AgentAct[],
): Answer<boolean> {
  if (prepared.unmeetable) return { ok: true, value: false };
  if (state.writes.done.length === prepared.awaited.length) return { ok: true, value: true };
  const forbidden = prepared.awaited.length > prepared.gold.length;
  if (forbidden || !said.some(({ act }) => act === 'close' || act === 'tell'))
    return { ok: true, value: false };
  const digest = session.digest();
  if (!digest.ok) return digest;
  return { ok: true, value: prepared.task.goal.accepts.some((accept) => accept.digest === digest.value) };
}

/** The control tool ends the talk; what it names is remembered. */
function handOver(state: EpisodeState, call: Call, tool: ToolManifest): Turn {
  const properties = tool.parameters['properties'];
  const policy = call.args['policy'];
  const allowed =
    isObject(properties) && isObject(properties['policy']) ? properties['policy']['enum'] : undefined;
  const known = !Array.isArray(allowed) || (allowed as readonly Json[]).includes(policy ?? null);
  if (typeof policy !== 'string' || !known || typeof call.args['summary'] !== 'string') {
    const message = "'policy' must be one of those listed, and 'summary' a text.";
    return { state, observation: { type: 'refusal', tool: call.tool, code: 'INVALID_ARGUMENTS', message } };
  }
  const acts: readonly UserAct[] = [{ act: 'accept' }, { act: 'end', satisfied: false }];
  return {
    state: { ...state, talk: noteHandOver(hearUser(state.talk, acts), policy), over: 'ended' },
    observation: { type: 'result', tool: call.tool, value: { transferred: true } },
  };
}

function broken(state: EpisodeState, fault: Fault): Turn {
  return { state: { ...state, over: 'fault' }, observation: { type: 'fault', fault } };
}

export type Retried<T> =
  | { readonly ok: true; readonly value: T; readonly state: EpisodeState }
  | { readonly ok: false; readonly fault: Fault; readonly state: EpisodeState };

/** Asks again while the answer is a fault, up to the bound; every fault is counted. */
export function retry<T>(setting: Setting, state: EpisodeState, ask: () => Answer<T>): Retried<T> {
  const faults: Fault[] = [];
  for (let attempt = 0; ; attempt++) {
    const answer = ask();
    if (!answer.ok) faults.push(answer.fault);
    const next = faults.length === 0 ? state : { ...state, faults: [...state.faults, ...faults] };
    if (answer.ok) return { ...answer, state: next };
    if (attempt >= setting.retries) return { ...answer, state: next };
  }
}

function readContext(setting: Setting, state: EpisodeState): Parameters<typeof readText>[1] {
  return {
    manifest: setting.view.manifest,
    policies: setting.world.domain.talkPolicies,
    seen: state.steps.flatMap(({ observation }) =>
      observation.type === 'result' ? stringsIn(observation.value) : [],
    ),
  };
}

function preparedOf(setting: Setting): PreparedTask {
  if (setting.prepared === null) throw new Bug('a step in an episode that never began');
  return setting.prepared;
}
