// One episode: an agent, a user and a world. The environment passes calls to the session and words
// to the user, watches the policies, and grades the end. Its whole state is a session and plain
// values that are replaced, never changed, so that a fork is a copy of references.
import { Bug, type Fault } from '../core/errors.js';
import { formats } from '../core/format.js';
import { hashText } from '../core/hash.js';
import type { Seed } from '../core/rng.js';
import type { EmittedDomain, ToolManifest } from '../emit/emitted-domain.js';
import { hearUser, startTalk } from '../policy/monitor.js';
import { noQuestion } from '../policy/told.js';
import type { Task } from '../task/task.js';
import type { Session, World } from '../world/world.js';
import { noWrites } from './gold.js';
import { grade, ungraded } from './grade.js';
import { prepareTask } from './prepare.js';
import type { Action, AgentView, Episode, EpisodeEnd, EpisodeStep, Observation } from './protocol.js';
import { retry, takeTurn, type EpisodeState, type Setting } from './turn.js';
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
}

const defaultMaxSteps = 60;
const defaultRetries = 2;

export interface Environment {
  readonly view: AgentView;
  /** What the agent sees next: at the start, what the user opens with. */
  readonly observation: Observation;
  readonly done: boolean;
  readonly state: EpisodeState;
  /** Takes one action; `candidates` is stored with the step. A bug to call once done. */
  step(action: Action, candidates?: number): { readonly observation: Observation; readonly done: boolean };
  /** Ends the episode with a fault that happened outside it, as in the agent or on the way to it. */
  interrupt(fault: Fault): void;
  /** An independent copy that goes on from here. */
  fork(): Environment;
  /** Grades the episode and closes its session. An episode that is not done counts as cut short. */
  finish(): Episode;
}

/** Opens an episode of a task: the user has spoken, the agent is to act. */
export function startEpisode(world: World, task: Task, options: EpisodeOptions = {}): Environment {
  const prepared = prepareTask(world, task);
  const { user, acts } = openUser(task.scenario);
  const state: EpisodeState = {
    talk: hearUser(startTalk(), acts),
    user,
    writes: noWrites,
    wrongWrites: 0,
    violations: [],
    faults: prepared.ok ? [] : [prepared.fault],
    steps: [],
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
  };
  return continueEpisode(setting, world.open(task.distractors), state);
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
    get state() {
      return state;
    },
    step(action, candidates) {
      if (state.over !== null || episode !== null) throw new Bug('a step after the end of an episode');
      const turn = takeTurn(setting, session, state, action);
      const { observation, heard } = turn;
      const step: EpisodeStep = {
        action,
        ...(heard === undefined ? {} : { heard }),
        observation,
        ...(candidates === undefined ? {} : { candidates }),
      };
      const steps = [...state.steps, step];
      const cut = turn.state.over === null && steps.length >= setting.maxSteps;
      state = { ...turn.state, steps, over: cut ? 'turn-limit' : turn.state.over };
      return { observation, done: state.over !== null };
    },
    interrupt(fault) {
      state = { ...state, faults: [...state.faults, fault], over: 'fault' };
    },
    fork: () => continueEpisode(setting, session.fork(), state),
    finish() {
      if (episode === null) {
        episode = close(setting, session, state);
        session.close();
      }
      return episode;
    },
  };
}

function close(setting: Setting, session: Session, state: EpisodeState): Episode {
  const { task, agent, run, opening } = setting;
  const answer = state.over === 'fault' ? null : retry(setting, state, () => session.digest());
  const digest = answer?.ok === true ? answer.value : hashText('fault');
  const faults = answer?.state.faults ?? state.faults;
  const graded =
    answer?.ok === true
      ? grade(
          task.goal,
          digest,
          state.talk,
          setting.prepared?.question ?? noQuestion,
          state.violations.length,
          state.over === 'ended',
        )
      : { solved: false, reward: ungraded };
  return {
    format: formats.episode,
    task: task.id,
    agent,
    run,
    opening,
    steps: state.steps,
    end: answer?.ok === true ? endOf(state, graded.solved) : 'fault',
    reward: graded.reward,
    digest,
    told: state.talk.told,
    violations: state.violations,
    wrongWrites: state.wrongWrites,
    faults,
  };
}

function endOf(state: EpisodeState, solved: boolean): EpisodeEnd {
  if (state.over === 'ended') return solved ? 'solved' : 'failed';
  return state.over ?? 'turn-limit';
}
