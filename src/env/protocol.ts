// What passes between an environment and an agent. This is all that an agent gets.
import type { ContentHash } from '../core/hash.js';
import type { Fault } from '../core/errors.js';
import type { Json, JsonObject } from '../core/json.js';
import type { ToolManifest } from '../emit/emitted-domain.js';
import type { AgentAct, TypedValue, UserAct } from '../policy/talk.js';

/** All that an agent is told at the start. */
export interface AgentView {
  readonly manifest: readonly ToolManifest[];
  readonly policyText: string;
}

export interface Agent {
  readonly name: string;
  start(view: AgentView, seed: string): AgentSession;
}

export interface AgentSession {
  act(observation: Observation): Action | Promise<Action>;
  /** How many actions the last one was chosen from, for agents that choose among candidates. */
  chosenFrom?(): number;
  /** What the session has cost so far, for agents that ask a model. */
  usage?(): Usage;
  fork?(): AgentSession;
}

/** Text or act, never both. */
export type Action =
  | { readonly type: 'call'; readonly tool: string; readonly args: JsonObject }
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'say'; readonly act: AgentAct };

export type Observation =
  | { readonly type: 'user'; readonly text: string; readonly acts: readonly UserAct[] }
  | { readonly type: 'result'; readonly tool: string; readonly value: Json }
  | { readonly type: 'refusal'; readonly tool: string; readonly code: string; readonly message: string }
  | { readonly type: 'fault'; readonly fault: Fault };

export interface Violation {
  readonly policy: string;
  readonly step: number;
  readonly tool?: string;
}

/** One step of an episode: the agent's action and what it saw next. */
export interface EpisodeStep {
  readonly action: Action;
  /** What a text was understood to mean. */
  readonly heard?: readonly AgentAct[];
  readonly observation: Observation;
  /** How much nearer to the goal the step came: the difference of the share of its atoms that hold. */
  readonly progress: number;
  readonly candidates?: number;
}

/**
 * Parts by name: `outcome` (1 when solved), the facts that it is made of (`state`, `told`, `acts`,
 * `policy`, `ended`; each 1 or 0), `violations` (a count), `progress` (the sum over the steps),
 * `repetition` and `format` (shares of steps that repeat to no end, or that are malformed). The total
 * is their sum under `weights`; it is null, and there are no parts, when something broke that is not the agent.
 */
export interface Reward {
  readonly parts: Readonly<Record<string, number>>;
  readonly weights: RewardWeights;
  readonly total: number | null;
}

/** What each part is worth; one that is not named is worth nothing. */
export type RewardWeights = Readonly<Record<string, number>>;

/** What an episode cost at a model's endpoint. */
export interface Usage {
  readonly requests: number;
  readonly retries: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/**
 * How a talk ended. Only a talk that came to its end is solved or failed; `gave-up` is a user who lost
 * patience, `turn-limit` a talk cut short, `fault` one that broke: neither failed nor scored.
 */
export type EpisodeEnd = 'solved' | 'failed' | 'gave-up' | 'turn-limit' | 'fault';

export interface Episode {
  readonly format: string;
  readonly task: string;
  readonly agent: string;
  readonly run: number;
  readonly opening: Observation;
  readonly steps: readonly EpisodeStep[];
  readonly end: EpisodeEnd;
  readonly reward: Reward;
  readonly digest: ContentHash;
  readonly told: readonly TypedValue[];
  readonly violations: readonly Violation[];
  /** Successful writes that are none of the task's own, created ids aside; a task's write counts once. */
  readonly wrongWrites: number;
  readonly faults: readonly Fault[];
  readonly usage?: Usage;
}
