// What a worker does for certificates: certifies, rechecks or audits some tasks of a domain. The world
// is loaded once a worker and domain.
import type { GuestState } from '../../sandbox/guest-api.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { Domain } from '../spec/model.js';
import type { Task } from '../task/task.js';
import { loadWorld } from '../world/load.js';
import type { World } from '../world/world.js';
import { auditTask, type TaskAudit } from './audit/audit-task.js';
import { certifyTask, type Certified } from './certify-task.js';
import { openContext, type CertifyContext } from './context.js';
import { recheckTask, type Recheck } from './recheck.js';

export interface CertifySubject {
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
}

export interface CertifyJob {
  /** Of the subject: the same key, the same world. */
  readonly key: string;
  readonly subject: CertifySubject;
  readonly work: 'certify' | 'recheck' | 'audit';
  readonly tasks: readonly Task[];
}

/** What each kind of work gives, task by task. */
export type CertifyOutcome =
  | { readonly work: 'certify'; readonly tasks: readonly Certified[] }
  | { readonly work: 'recheck'; readonly tasks: readonly Recheck[] }
  | { readonly work: 'audit'; readonly tasks: readonly TaskAudit[] };

let entered: { readonly key: string; readonly world: World; readonly context: CertifyContext } | undefined;

/** The entry of a worker thread. */
export async function runJob({ key, subject, work, tasks }: CertifyJob): Promise<CertifyOutcome> {
  const context = await enter(key, subject);
  switch (work) {
    case 'certify':
      return { work, tasks: tasks.map((task) => certifyTask(context, task)) };
    case 'recheck':
      return { work, tasks: tasks.map((task) => recheckTask(context, task)) };
    case 'audit':
      return { work, tasks: tasks.map((task) => auditTask(context, task)) };
  }
}

async function enter(key: string, { domain, emitted, state }: CertifySubject): Promise<CertifyContext> {
  if (entered?.key === key) return entered.context;
  entered?.world.dispose();
  const world = await loadWorld(emitted, state);
  entered = { key, world, context: openContext(domain, world) };
  return entered.context;
}
