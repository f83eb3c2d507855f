// Our own environment as one to check: the tasks of a world with gold as the way through, and a world
// whose ways in break when they are told to.
import type { Fault } from '../../core/errors.js';
import type { Task } from '../../task/task.js';
import type { Session, World } from '../../world/world.js';
import { must } from '../../core/errors.js';
import { startEpisode } from '../environment.js';
import { goldActions } from '../gold.js';
import type { CheckedEnvironment } from './play.js';

/** The environment of a world over the given tasks. */
export function checkedWorld(world: World, tasks: readonly Task[]): CheckedEnvironment {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const find = (id: string): Task => must(byId.get(id), `task ${id}`);
  return {
    tasks: tasks.map((task) => ({ id: task.id, actions: goldActions(task) })),
    start: (task, options) => startEpisode(world, find(task), options),
    startBroken: (task, options, breaks) => startEpisode(breakWorld(world, breaks), find(task), options),
  };
}

const planted: Fault = { boundary: 'sandbox', kind: 'planted', message: 'planted by a check' };

/** A world that counts the ways into its sessions, and breaks at some. */
function breakWorld(world: World, breaks: (way: number) => boolean): World {
  let ways = 0;
  const isBroken = (): boolean => breaks(ways++);
  const wrap = (session: Session): Session => ({
    ...session,
    call: (tool, args) => (isBroken() ? { type: 'fault', fault: planted } : session.call(tool, args)),
    violatedGuards: (tool, args, caller) =>
      isBroken() ? { ok: false, fault: planted } : session.violatedGuards(tool, args, caller),
    diff: () => (isBroken() ? { ok: false, fault: planted } : session.diff()),
    digest: () => (isBroken() ? { ok: false, fault: planted } : session.digest()),
    state: () => (isBroken() ? { ok: false, fault: planted } : session.state()),
    fork: () => wrap(session.fork()),
  });
  return { ...world, open: (rows) => wrap(world.open(rows)) };
}
