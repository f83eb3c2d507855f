// One line of a certificate: a named check of a task that can fail. What it finds depends on the task
// and its world alone, so that whoever runs it again finds the same.
import type { CertificateLine, Task } from '../task/task.js';
import type { CertifyContext } from './context.js';

export interface Line {
  /** Stands in files: it never changes. */
  readonly name: string;
  readonly run: (context: CertifyContext, task: Task) => Finding;
}

export type Finding = Pick<CertificateLine, 'passed' | 'evidence'>;
