// Composes tasks: in turn the kind, tool, rule or value that was used least, a draft of it, and the
// task when it holds together. Attempts are numbered and each has its own random stream, so that the
// stream of tasks of a seed is always the same, however many are taken from it.
import { deriveRng, type Rng, type Seed } from '../core/rng.js';
import type { ToolGraph } from '../graph/tool-graph.js';
import type { Domain } from '../spec/model.js';
import type { World } from '../world/world.js';
import type { Drafted } from './draft.js';
import { draftDo } from './draft-do.js';
import { draftPart, draftRefusal } from './draft-refusal.js';
import { draftTell } from './draft-tell.js';
import { finishTask } from './finish.js';
import { kinds, wantedBy, type ComposeOptions, type Kind } from './options.js';
import { askedContent } from './split.js';
import type { DraftFailure } from './tally.js';
import type { Task } from './task.js';
import { noteFailure, noteUse, pickLeastUsed } from './use.js';
import { openWorkshop, type Workshop } from './workshop.js';

export interface Composed {
  readonly tasks: readonly Task[];
  /** What was turned down, counted by reason (tally.ts). */
  readonly rejected: Readonly<Record<string, number>>;
}

/** A stream of tasks, to be taken from as long as more are wanted. */
export interface Composer {
  /** The next task, not certified; null when a domain has given all that it gives. */
  next(): Task | null;
  /** What was turned down so far. */
  rejected(): Readonly<Record<string, number>>;
}

/** So many attempts in a row without a task, and there is none to be expected. */
const mostFailures = 300;

/** Opens the stream of tasks of a domain, a world and a seed. No two of them ask the same. */
export function openComposer(
  domain: Domain,
  world: World,
  graph: ToolGraph,
  seed: Seed,
  options: ComposeOptions = {},
): Composer {
  const workshop = openWorkshop(domain, world, graph, wantedBy(options));
  const made = new Map<Kind, number>();
  const asked = new Set<string>();
  let attempt = 0;
  const next = (): Task | null => {
    for (let failures = 0; failures < mostFailures; failures++) {
      const rng = deriveRng(seed, domain.id, 'task', attempt++);
      const kind = nextKind(workshop, made, rng);
      if (kind === null) return null;
      const topic = pickLeastUsed(workshop.usage, workshop.topics[kind], rng);
      const task = composeOne(workshop, kind, topic, asked, rng);
      if (task === null) continue;
      made.set(kind, (made.get(kind) ?? 0) + 1);
      return task;
    }
    return null;
  };
  return { next, rejected: () => workshop.tally.counts() };
}

/** The first `count` tasks of the stream; fewer where it ends before. */
export function composeTasks(
  domain: Domain,
  world: World,
  graph: ToolGraph,
  seed: Seed,
  count: number,
  options: ComposeOptions = {},
): Composed {
  const composer = openComposer(domain, world, graph, seed, options);
  const tasks: Task[] = [];
  while (tasks.length < count) {
    const task = composer.next();
    if (task === null) break;
    tasks.push(task);
  }
  return { tasks, rejected: composer.rejected() };
}

/** One attempt; what it used is counted when it comes to a task, and what it was about when not. */
function composeOne(
  workshop: Workshop,
  kind: Kind,
  topic: string,
  asked: Set<string>,
  rng: Rng,
): Task | null {
  const { usage, tally, sizes } = workshop;
  const turnDown = (reason: DraftFailure): null => {
    tally.note(`${kind}:${reason}`);
    noteFailure(usage, topic);
    if (reason !== 'asked-before') noteFailure(usage, kind);
    return null;
  };
  const drafted = draftOf(workshop, kind, topic, rng);
  if ('reason' in drafted) return turnDown(drafted.reason);
  const finished = finishTask(workshop, drafted.draft, rng);
  if ('reason' in finished) return turnDown(finished.reason);
  const { task } = finished;
  const content = askedContent(task.scenario);
  if (asked.has(content)) return turnDown('asked-before');
  asked.add(content);
  noteUse(usage, drafted.draft.used);
  if (kind === 'do') sizes.made(task.difficulty['writes'] ?? 0);
  return task;
}

function draftOf(workshop: Workshop, kind: Kind, topic: string, rng: Rng): Drafted {
  switch (kind) {
    case 'do':
      return draftDo(workshop, topic, rng);
    case 'tell':
      return draftTell(workshop, topic, rng);
    case 'part':
      return draftPart(workshop, topic, rng);
    case 'refuse':
    case 'transfer':
      return draftRefusal(workshop, topic, rng);
  }
}

/** The kind that is furthest behind its share; one that keeps failing falls back. */
function nextKind(
  { wanted, topics, usage }: Workshop,
  made: ReadonlyMap<Kind, number>,
  rng: Rng,
): Kind | null {
  const all = [...made.values()].reduce((sum, count) => sum + count, 0);
  const open = kinds.filter((kind) => topics[kind].length > 0 && wanted.shares[kind] > 0);
  const lags = open.map((kind) => {
    const failures = usage.failures.get(kind) ?? 0;
    const behind = wanted.shares[kind] * (all + 1) - (made.get(kind) ?? 0);
    return { kind, lag: behind - Math.max(0, failures - 60) * 0.02 + rng.next() * 0.01 };
  });
  return lags.length === 0 ? null : lags.reduce((most, next) => (next.lag > most.lag ? next : most)).kind;
}
