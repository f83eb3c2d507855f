// One episode: an agent, a user and a world. The environment passes calls to the session and words
// to the user, watches the policies, and grades the end. Its whole state is a session and plain
// values that are replaced, never changed, so that a fork is a copy of references.
import { Bug, must, type Fault } from '../core/errors.js';
import type { Seed } from '../core/rng.js';
import type { EmittedDomain, ToolManifest } from '../emit/emitted-domain.js';
import { hearUser, startTalk } from '../policy/monitor.js';
import type { Task } from '../task/task.js';
import type { Session, World } from '../world/world.js';
import { advance, isTerminal, measure } from './advance.js';
import { closeEpisode } from './close-episode.js';
import { noCells } from './goal-atoms.js';
import { noWrites } from './gold.js';
import { prepareTask } from './prepare.js';
import type { Action, AgentView, Episode, Observation, RewardWeights } from './protocol.js';
import { rewardPresets } from './reward.js';
import { takeTurn, type EpisodeState, type Setting } from './turn.js';
import { openUser } from './user.js';

export interface EpisodeOptions {
  /** Of the user's wording. */
  readonly seed?: Seed;
  readonly run?: number;
  readonly agent?: string;
  /** Steps after which the talk is cut short. */
  readonly maxSteps?: number;
  /** How often a call that faulted is tried again. */
  readonly retries?: number;
  /** What the parts of the reward are worth; `rewardPresets.outcome` unless told otherwise. */
  readonly reward?: RewardWeights;
}

const defaultMaxSteps = 60;
const defaultRetries = 2;

/** What a step brings. */
export interface StepOutcome {
  readonly observation: Observation;
  /** How much nearer to the goal; sums up to the reward's part of that name. */
  readonly progress: number;
  readonly done: boolean;
  readonly terminated: boolean;
  readonly truncated: boolean;
}

export interface Environment {
  readonly view: AgentView;
  /** What the agent sees next: at the start, what the user opens with. */
  readonly observation: Observation;
  /** Terminated or truncated. */
  readonly done: boolean;
  /** The talk came to its end: it was handed over, or the user went. */
  readonly terminated: boolean;
  /** The talk was cut short from outside, by the limit of steps or a fault: no end of the task itself. */
  readonly truncated: boolean;
  readonly state: EpisodeState;
  /** Takes one action; `candidates` is stored with the step. A bug to call once done. */
  step(action: Action, candidates?: number): StepOutcome;
  /** Ends the episode with a fault that happened outside it, as in the agent or on the way to it. */
  interrupt(fault: Fault): void;
  /** An independent copy that goes on from here. */
  fork(): Environment;
  /** Grades the episode and closes its session. An episode that is not done counts as cut short. */
  finish(): Episode;
}

/** Opens an episode of a task: the user has spoken, the agent is to act. */
export function startEpisode(world: World, task: Task, options: EpisodeOptions = {}): Environment {
  const { setting, session, state } = openEpisode(world, task, options);
  return continueEpisode(setting, session, state);
}

/** An episode before its first step. */
export interface OpenEpisode {
  readonly setting: Setting;
  readonly session: Session;
  readonly state: EpisodeState;
}

/** What an episode starts from. */
export function openEpisode(world: World, task: Task, options: EpisodeOptions): OpenEpisode {
  const prepared = prepareTask(world, task);
  const { user, acts } = openUser(task.scenario);
  const state: EpisodeState = {
    talk: hearUser(startTalk(), acts),
    user,
    writes: noWrites,
    wrongWrites: 0,
    standing: noCells,
    potential: 0,
    violations: [],
    faults: prepared.ok ? [] : [prepared.fault],
    steps: [],
    moved: [],
    over: prepared.ok ? null : 'fault',
  };
  const opening: Observation = prepared.ok
    ? { type: 'user', text: task.scenario.opening, acts }
    : { type: 'fault', fault: prepared.fault };
  const setting: Setting = {
    world,
    task,
    prepared: prepared.ok ? prepared.value : null,
    effects: effectsOf(world.domain),
    view: viewOf(world.domain),
    opening,
    seed: options.seed ?? 0,
    run: options.run ?? 0,
    agent: options.agent ?? 'unnamed',
    maxSteps: options.maxSteps ?? defaultMaxSteps,
    retries: options.retries ?? defaultRetries,
    reward: options.reward ?? rewardPresets.outcome,
  };
  const session = world.open(task.distractors);
  return { setting, session, state: { ...state, potential: measure(setting, state) } };
}

/** All that an agent is told of a domain. */
export function viewOf(domain: EmittedDomain): AgentView {
  const known = views.get(domain);
  if (known !== undefined) return known;
  const view: AgentView = {
    manifest: domain.manifest.filter(({ side }) => side === 'agent'),
    policyText: domain.policyText,
  };
  views.set(domain, view);
  return view;
}

const views = new WeakMap<EmittedDomain, AgentView>();
const effects = new WeakMap<EmittedDomain, ReadonlyMap<string, ToolManifest>>();

function effectsOf(domain: EmittedDomain): ReadonlyMap<string, ToolManifest> {
  const known = effects.get(domain) ?? new Map(domain.manifest.map((tool) => [tool.name, tool]));
  effects.set(domain, known);
  return known;
}

function continueEpisode(setting: Setting, session: Session, start: EpisodeState): Environment {
  let state = start;
  let episode: Episode | null = null;
  return {
    view: setting.view,
    get observation() {
      return state.steps[state.steps.length - 1]?.observation ?? setting.opening;
    },
    get done() {
      return state.over !== null;
    },
    get terminated() {
      return isTerminal(state.over);
    },
    get truncated() {
      return state.over !== null && !isTerminal(state.over);
    },
    get state() {
      return state;
    },
    step(action, candidates) {
      if (state.over !== null || episode !== null) throw new Bug('a step after the end of an episode');
      const turn = takeTurn(setting, session, state, action);
      state = advance(setting, state, action, turn, candidates);
      const { observation, progress } = must(state.steps.at(-1), 'the step');
      const terminated = isTerminal(state.over);
      const done = state.over !== null;
      return { observation, progress, done, terminated, truncated: done && !terminated };
    },
    interrupt(fault) {
      state = { ...state, faults: [...state.faults, fault], over: 'fault' };
    },
    fork: () => continueEpisode(setting, session.fork(), state),
    finish() {
      if (episode === null) {
        episode = closeEpisode(setting, session, state);
        session.close();
      }
      return episode;
    },
  };
}
