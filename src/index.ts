// The library: from the text of a spec to a proven domain, its tasks, and agents that play them.
// Whatever the command line does is done with these.
export { checkAgent, createAgent } from './bench/agents.js';
export { evaluate, evaluateFamily, type EvaluateOptions, type Evaluation } from './bench/evaluate.js';
export { evaluateLive, type LiveEvaluation, type LiveOptions } from './bench/evaluate-live.js';
export { benchmarkLines, readBenchmark, type BenchmarkDomain, type Split } from './bench/record.js';
export { regrade, type GradeChange, type Regraded } from './bench/regrade.js';
export { readResults, resultLines, type Results } from './bench/results.js';
export type { BinFigures, GroupFigures, Pace, Summary } from './bench/summarise.js';
export { benchmarkJsonSchema } from './bench/schema.js';
export { BadInput, Bug, type Fault } from './core/errors.js';
export type { ContentHash } from './core/hash.js';
export type { Json, JsonObject } from './core/json.js';
export type { OnProgress, Progress } from './core/progress.js';
export { formatIssue, type Issue, type Result } from './core/result.js';
export type { Seed } from './core/rng.js';
export { emitDomain } from './emit/emit.js';
export type { EmittedDomain, ToolManifest } from './emit/emitted-domain.js';
export { candidates } from './env/candidates.js';
export { startEpisode, type Environment, type EpisodeOptions, type StepOutcome } from './env/environment.js';
export { checkEnvironment, type CheckFinding, type CheckName } from './env/check-env.js';
export { checkedWorld } from './env/check/checked-world.js';
export type { CheckedEnvironment, CheckedTask } from './env/check/play.js';
export { explainEpisode } from './env/explain.js';
export type { Explanation } from './env/explanation.js';
export type {
  Action,
  Agent,
  AgentSession,
  AgentView,
  Episode,
  EpisodeStep,
  Observation,
  Reward,
  RewardWeights,
  Usage,
} from './env/protocol.js';
export { replayEpisode } from './env/replay.js';
export { rewardPresets } from './env/reward.js';
export { rollout, type RolloutOptions } from './env/rollout.js';
export { buildGraph } from './graph/build.js';
export type { ToolGraph } from './graph/tool-graph.js';
export { readDomainFolders, type PlacedFolder } from './pipeline/find-folders.js';
export { generateDomain, type GenerateOptions } from './pipeline/generate.js';
export type { DomainSummary } from './pipeline/summary.js';
export type { AgentAct, TypedValue, UserAct } from './policy/talk.js';
export type { Domain } from './spec/model.js';
export { readSpec } from './spec/read.js';
export { domainSpecJsonSchema } from './spec/schema.js';
export { composeTasks } from './task/compose.js';
export type { Task } from './task/task.js';
export type { ValidationReport } from './verify/report.js';
export { verifyDomain, type VerifyOptions } from './verify/verify.js';
export { loadWorld } from './world/load.js';
export { seedState } from './world/seed.js';
export { createChatClient, type ChatClient, type ChatClientOptions } from './llm/chat-client.js';
export type { Session, World } from './world/world.js';
export type { GuestState } from '../sandbox/guest-api.js';
export { chatAgent } from '../agents/actor/chat/chat-agent.js';
export { nullAgent } from '../agents/scripted/null.js';
export { oracle } from '../agents/scripted/oracle.js';
export { randomValidAgent } from '../agents/scripted/random-valid.js';
export { refuseAgent } from '../agents/scripted/refuse.js';
export { replayAgent } from '../agents/scripted/replay.js';
export { transferAgent } from '../agents/scripted/transfer.js';
