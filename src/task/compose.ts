// Composes tasks: in turn the kind, tool, rule or value that was used least, a draft of it, and the
// task when every check on it passes. Attempts are numbered and each has its own random stream.
import { Bug, must } from '../core/errors.js';
import { deriveRng, type Rng, type Seed } from '../core/rng.js';
import type { ContentHash } from '../core/hash.js';
import { edgesOf, type ToolGraph } from '../graph/tool-graph.js';
import type { Rule } from '../policy/belief/rules.js';
import type { Domain } from '../spec/model.js';
import type { World } from '../world/world.js';
import type { Drafted } from './draft.js';
import { draftDo, type Followers } from './draft-do.js';
import { draftRefusal } from './draft-refusal.js';
import { draftTell, questionsOf } from './draft-tell.js';
import { openGround, type Ground } from './ground.js';
import { publish } from './publish.js';
import type { Task } from './task.js';
import { noteFailure, noteUse, pickLeastUsed, startUsage, type Usage } from './use.js';

export interface Composed {
  readonly tasks: readonly Task[];
  /** How many attempts failed, by reason. */
  readonly rejected: Readonly<Record<string, number>>;
}

type Kind = Task['kind'];

/** The share of each kind, where the domain has it. */
const shares: Readonly<Record<Kind, number>> = { do: 0.6, tell: 0.2, refuse: 0.15, part: 0, transfer: 0.05 };

const attemptsATask = 15;

/** Up to `count` tasks, no two of which ask the same; fewer when attempts run out. */
export function composeTasks(
  domain: Domain,
  world: World,
  graph: ToolGraph,
  seed: Seed,
  count: number,
): Composed {
  const ground = openGround(domain, world);
  const workshop = openWorkshop(ground, graph);
  const tasks: Task[] = [];
  const rejected = new Map<string, number>();
  const seen = new Set<string>();
  const reject = (reason: string): void => void rejected.set(reason, (rejected.get(reason) ?? 0) + 1);
  for (let attempt = 0; tasks.length < count && attempt < attemptsATask * count + 200; attempt++) {
    const rng = deriveRng(seed, domain.id, 'task', attempt);
    const kind = nextKind(workshop, tasks, rng);
    if (kind === null) break;
    const topic = pickLeastUsed(workshop.usage, workshop.topics[kind], rng);
    const drafted = draftOf(workshop, kind, topic, rng);
    const published = 'draft' in drafted ? publish(ground, drafted.draft, workshop.seedDigest, rng) : drafted;
    if ('reason' in published) {
      reject(`${kind}:${published.reason}`);
      noteFailure(workshop.usage, topic);
      noteFailure(workshop.usage, kind);
      continue;
    }
    if (seen.has(published.task.id)) {
      reject(`${kind}:asked-before`);
      noteFailure(workshop.usage, topic);
      continue;
    }
    seen.add(published.task.id);
    tasks.push(published.task);
    if ('draft' in drafted) noteUse(workshop.usage, drafted.draft.used);
  }
  return { tasks, rejected: Object.fromEntries([...rejected].toSorted(byName)) };
}

interface Workshop {
  readonly ground: Ground;
  readonly followers: Followers;
  readonly usage: Usage;
  readonly seedDigest: ContentHash;
  /** What a task of each kind can be about: a tool, `Entity.attr`, or a rule. */
  readonly topics: Readonly<Record<Kind, readonly string[]>>;
  readonly rules: ReadonlyMap<string, Rule>;
}

function openWorkshop(ground: Ground, graph: ToolGraph): Workshop {
  const { domain, world } = ground;
  const session = world.open();
  const digest = session.digest();
  session.close();
  if (!digest.ok) throw new Bug(`the seed state has no digest: ${digest.fault.message}`);
  const rules = domain.policies.filter(
    (policy): policy is Rule => policy.kind === 'guard' || policy.kind === 'escalate',
  );
  const cases = (kind: Rule['kind']): string[] =>
    rules.filter((rule) => rule.kind === kind).map((rule) => rule.id);
  return {
    ground,
    followers: followersOf(domain, graph),
    usage: startUsage(),
    seedDigest: digest.value,
    rules: new Map(rules.map((rule) => [rule.id, rule])),
    topics: {
      do: domain.tools.filter((tool) => tool.effect === 'write').map((tool) => tool.name),
      tell: questionsOf(ground),
      refuse: cases('guard'),
      part: [],
      transfer: cases('escalate'),
    },
  };
}

/** Writes by the writes that they go well after. */
function followersOf(domain: Domain, graph: ToolGraph): Followers {
  const writes = new Set(domain.tools.filter((tool) => tool.effect === 'write').map((tool) => tool.name));
  const followers = new Map<string, Set<string>>();
  for (const { from, to } of edgesOf(graph, 'enables', 'data')) {
    if (!writes.has(from) || !writes.has(to) || from === to) continue;
    followers.set(from, (followers.get(from) ?? new Set<string>()).add(to));
  }
  return new Map([...followers].map(([from, to]) => [from, [...to].toSorted()]));
}

/** The kind that is furthest behind its share; one that keeps failing falls back. */
function nextKind(workshop: Workshop, tasks: readonly Task[], rng: Rng): Kind | null {
  const kinds = (Object.keys(shares) as Kind[]).filter((kind) => workshop.topics[kind].length > 0);
  const lag = (kind: Kind): number => {
    const done = tasks.filter((task) => task.kind === kind).length;
    const failures = workshop.usage.failures.get(kind) ?? 0;
    return shares[kind] * (tasks.length + 1) - done - Math.max(0, failures - 60) * 0.02 + rng.next() * 0.01;
  };
  const lags = kinds.map((kind) => ({ kind, lag: lag(kind) }));
  return lags.length === 0 ? null : lags.reduce((most, next) => (next.lag > most.lag ? next : most)).kind;
}

function draftOf(workshop: Workshop, kind: Kind, topic: string, rng: Rng): Drafted {
  const { ground, followers, usage, seedDigest } = workshop;
  if (kind === 'do') return draftDo(ground, followers, usage, topic, seedDigest, rng);
  if (kind === 'tell') return draftTell(ground, usage, topic, seedDigest, rng);
  const rule = must(workshop.rules.get(topic), `rule ${topic}`);
  const cases = rule.on.map((tool) => `${rule.id}/${tool}`);
  const [, tool = ''] = pickLeastUsed(usage, cases, rng).split('/');
  const drafted = draftRefusal(ground, usage, rule, tool, seedDigest, rng);
  if ('reason' in drafted) noteFailure(usage, `${rule.id}/${tool}`);
  return drafted;
}

function byName(left: readonly [string, number], right: readonly [string, number]): number {
  return left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0;
}
