// Whether a certificate in a file is what its lines find now, evidence included.
import { canonicalJson } from '../core/json.js';
import type { CertificateLine, Task } from '../task/task.js';
import { judgeTask } from './certify-task.js';
import type { CertifyContext } from './context.js';

/** A line that is not as the file says; null for a line that one of them does not have. */
export interface LineDifference {
  readonly line: string;
  readonly file: CertificateLine | null;
  readonly now: CertificateLine | null;
}

export interface Recheck {
  readonly task: string;
  /** What each line finds now. */
  readonly certificate: readonly CertificateLine[];
  readonly differences: readonly LineDifference[];
}

export function recheckTask(context: CertifyContext, task: Task): Recheck {
  const certificate = judgeTask(context, task);
  const names = [...new Set([...certificate, ...task.certificate].map(({ line }) => line))];
  const differences = names.flatMap((line): LineDifference[] => {
    const [file = null, now = null] = [task.certificate, certificate].map((lines) =>
      lines.find((one) => one.line === line),
    );
    const same = now?.passed === true && canonicalJson(file) === canonicalJson(now);
    return same ? [] : [{ line, file, now }];
  });
  return { task: task.id, certificate, differences };
}
