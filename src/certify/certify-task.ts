// Certifies a task line by line: the task with its certificate, or the first line that it fails.
import type { CertificateLine, Task } from '../task/task.js';
import { acceptAlternatives } from './alternatives.js';
import type { CertifyContext } from './context.js';
import { lines } from './lines.js';
import { alternativesAreAccepted } from './lines/alternatives-are-accepted.js';

export type Certified = { readonly task: Task } | { readonly failed: CertificateLine };

/**
 * Runs the lines until one fails. Where the search finds other ends that a fair reader would accept,
 * they join the goal and all lines are run again, so that each is about the task as it is published.
 */
export function certifyTask(context: CertifyContext, task: Task): Certified {
  const certificate: CertificateLine[] = [];
  for (const line of lines) {
    if (line === alternativesAreAccepted) {
      const goal = acceptAlternatives(context, task);
      if (goal.accepts.length > task.goal.accepts.length) return certifyTask(context, { ...task, goal });
    }
    const found = { line: line.name, ...line.run(context, task) };
    if (!found.passed) return { failed: found };
    certificate.push(found);
  }
  return { task: { ...task, certificate } };
}

/** Runs every line, whatever the others say. */
export function judgeTask(context: CertifyContext, task: Task): readonly CertificateLine[] {
  return lines.map((line) => ({ line: line.name, ...line.run(context, task) }));
}
