// What the lines of a certificate work with: the world that a task is of, its public rules, and what
// was found out about a task already, so that lines that look at the same thing share the work.
import type { GuestState } from '../../sandbox/guest-api.js';
import { Bug } from '../core/errors.js';
import { viewOf } from '../env/environment.js';
import type { AgentView } from '../env/protocol.js';
import type { Domain } from '../spec/model.js';
import type { Task } from '../task/task.js';
import type { World } from '../world/world.js';

export interface CertifyContext {
  readonly domain: Domain;
  readonly world: World;
  readonly view: AgentView;
  /** The seed state. */
  readonly state: GuestState;
}

export function openContext(domain: Domain, world: World): CertifyContext {
  const session = world.open();
  const state = session.state();
  session.close();
  if (!state.ok) throw new Bug(`the seed state cannot be read: ${state.fault.message}`);
  return { domain, world, view: viewOf(world.domain), state: state.value };
}

/** A finding about a task that is made once and kept as long as the task is. */
export function once<T>(
  find: (context: CertifyContext, task: Task) => T,
): (context: CertifyContext, task: Task) => T {
  const found = new WeakMap<Task, { readonly context: CertifyContext; readonly value: T }>();
  return (context, task) => {
    const known = found.get(task);
    if (known?.context === context) return known.value;
    const value = find(context, task);
    found.set(task, { context, value });
    return value;
  };
}
