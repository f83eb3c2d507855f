// What a worker does for certificates: certifies tasks and audits those that passed, rechecks tasks, or
// audits them. The world is loaded once a worker and domain.
import type { GuestState } from '../../sandbox/guest-api.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { Domain } from '../spec/model.js';
import type { CertificateLine, Task } from '../task/task.js';
import { loadWorld } from '../world/load.js';
import type { World } from '../world/world.js';
import { auditTask, type TaskAudit } from './audit/audit-task.js';
import { certifyTask } from './certify-task.js';
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

/** A task that can be published, with its audit; or the line that it failed. */
export type Judged =
  | { readonly task: Task; readonly audit: TaskAudit }
  | { readonly failed: CertificateLine };

/** What each kind of work gives, task by task. */
export type CertifyOutcome =
  | { readonly work: 'certify'; readonly tasks: readonly Judged[] }
  | { readonly work: 'recheck'; readonly tasks: readonly Recheck[] }
  | { readonly work: 'audit'; readonly tasks: readonly TaskAudit[] };

let entered: { readonly key: string; readonly world: World; readonly context: CertifyContext } | undefined;

/** The entry of a worker thread. */
export async function runJob({ key, subject, work, tasks }: CertifyJob): Promise<CertifyOutcome> {
  const context = await enter(key, subject);
  switch (work) {
    case 'certify':
      return { work, tasks: tasks.map((task) => judge(context, task)) };
    case 'recheck':
      return { work, tasks: tasks.map((task) => recheckTask(context, task)) };
    case 'audit':
      return { work, tasks: tasks.map((task) => auditTask(context, task)) };
  }
}

function judge(context: CertifyContext, task: Task): Judged {
  const certified = certifyTask(context, task);
  if ('failed' in certified) return certified;
  return { task: certified.task, audit: auditTask(context, certified.task) };
}

async function enter(key: string, { domain, emitted, state }: CertifySubject): Promise<CertifyContext> {
  if (entered?.key === key) return entered.context;
  entered?.world.dispose();
  const world = await loadWorld(emitted, state);
  entered = { key, world, context: openContext(domain, world) };
  return entered.context;
}
