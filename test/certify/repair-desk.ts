// The repair desk in a sandbox, with tasks that hold every line of their certificates; and the same
// with something wrong in its code, for planting defects.
import { readFileSync } from 'node:fs';
import { certifyTask, judgeTask } from '../../src/certify/certify-task.js';
import { openContext, type CertifyContext } from '../../src/certify/context.js';
import { emitDomain } from '../../src/emit/emit.js';
import type { EmittedDomain } from '../../src/emit/emitted-domain.js';
import { buildGraph } from '../../src/graph/build.js';
import type { Domain } from '../../src/spec/model.js';
import { readSpec } from '../../src/spec/read.js';
import { composeTasks } from '../../src/task/compose.js';
import type { Task } from '../../src/task/task.js';
import { loadWorld } from '../../src/world/load.js';
import { seedState } from '../../src/world/seed.js';
import type { GuestState } from '../../sandbox/guest-api.js';

export interface Desk {
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
  readonly context: CertifyContext;
  /** Composed and not certified yet. */
  readonly drafts: readonly Task[];
}

/** Opens the desk with so many composed tasks; `rewrite` changes the text of the spec first. */
export async function openDesk(count: number, rewrite = (text: string): string => text): Promise<Desk> {
  const read = readSpec(rewrite(readFileSync(new URL('repair-desk.yaml', import.meta.url), 'utf8')));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const domain = read.value;
  const state = seedState(domain, 7);
  if (!state.ok) throw new Error(JSON.stringify(state.error));
  const emitted = emitDomain(domain);
  const world = await loadWorld(emitted, state.value);
  // Short tasks: what is planted shows best where little else is.
  const options = { complexity: { writes: [3, 2] } };
  const { tasks } = composeTasks(domain, world, buildGraph(domain), 7, count, options);
  return { domain, emitted, state: state.value, context: openContext(domain, world), drafts: tasks };
}

/** The desk with other code: `change` gets the text of tools.js. Its tools are written by hand, so to say. */
export async function withCode(desk: Desk, change: (text: string) => string): Promise<CertifyContext> {
  const text = desk.emitted.compiled['tools.js'] ?? '';
  const changed = change(text);
  if (changed === text) throw new Error('the code is as it was');
  const emitted: EmittedDomain = {
    ...desk.emitted,
    origin: 'code',
    compiled: { ...desk.emitted.compiled, 'tools.js': changed },
  };
  return openContext(desk.domain, await loadWorld(emitted, desk.state));
}

/** The desk with something else about its domain changed. */
export async function withDomain(desk: Desk, changes: Partial<EmittedDomain>): Promise<CertifyContext> {
  return openContext(desk.domain, await loadWorld({ ...desk.emitted, ...changes }, desk.state));
}

/** The first composed task of which this holds and that every line of a certificate passes. */
export function goodTask({ context, drafts }: Desk, holds: (task: Task) => boolean): Task {
  for (const draft of drafts.filter(holds)) {
    const certified = certifyTask(context, draft);
    if ('task' in certified) return certified.task;
  }
  throw new Error('no such task was composed');
}

/** The lines that a task fails. */
export function failedLines(context: CertifyContext, task: Task): readonly string[] {
  return judgeTask(context, task)
    .filter(({ passed }) => !passed)
    .map(({ line }) => line);
}

/** The tools of a task's wishes. */
export function wishedTools({ scenario }: Task): readonly string[] {
  return scenario.wishes.flatMap((wish) => (wish.wish === 'do' ? [wish.tool] : []));
}
