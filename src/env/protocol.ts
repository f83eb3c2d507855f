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
  readonly observation: Observation;
  readonly candidates?: number;
}

export interface Episode {
  readonly format: string;
  readonly task: string;
  readonly agent: string;
  readonly run: number;
  readonly opening: Observation;
  readonly steps: readonly EpisodeStep[];
  readonly end: 'solved' | 'failed' | 'gave-up' | 'turn-limit' | 'fault';
  readonly reward: { readonly parts: Readonly<Record<string, number>>; readonly total: number };
  readonly digest: ContentHash;
  readonly told: readonly TypedValue[];
  readonly violations: readonly Violation[];
  readonly wrongWrites: number;
  readonly faults: readonly Fault[];
}
