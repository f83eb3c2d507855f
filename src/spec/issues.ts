// Collecting all problems of a spec: each with its path, its line and, for a misspelt name, what
// was probably meant.
import { distance } from 'fastest-levenshtein';
import type { Issue } from '../core/result.js';

export type Path = readonly (string | number)[];
export type Locate = (path: Path) => number | undefined;

/** Where problems go. `at` gives a reporter for a place below. */
export interface Report {
  readonly path: Path;
  (message: string, hint?: string): void;
  at(...below: Path): Report;
}

// So that a flood of problems costs no more than the spec itself.
const most = 1000;
const longest = 400;

/** A reporter for the whole spec and the list that it fills; the same problem is kept once. */
export function collectIssues(locate: Locate = () => undefined): { report: Report; issues: Issue[] } {
  const issues: Issue[] = [];
  const seen = new Set<string>();
  const reporter = (path: Path): Report => {
    const report = (message: string, hint?: string): void => {
      const text = pathText(path);
      if (seen.has(`${text}\n${message}`)) return;
      seen.add(`${text}\n${message}`);
      if (issues.length === most)
        issues.push({ path: '', message: `more than ${most} problems; the rest is not shown` });
      if (issues.length > most) return;
      const line = locate(path);
      issues.push({
        path: oneLine(text),
        message: oneLine(message),
        ...(line === undefined ? {} : { line }),
        ...(hint === undefined ? {} : { hint: oneLine(hint) }),
      });
    };
    return Object.assign(report, { path, at: (...below: Path) => reporter([...path, ...below]) });
  };
  return { report: reporter([]), issues };
}

/** A message in one line: names and values of the input are quoted in it, and none may break or flood it. */
export function oneLine(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}

/** `tools.renew_loan.require[0][0]` */
export function pathText(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      if (!/^\w[\w-]*$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

/** `did you mean 'member'?`, when a candidate is near enough. */
export function didYouMean(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.ceil(Math.min(name.length, 60) / 3)) + 1;
  for (const candidate of candidates) {
    const steps = distance(name.slice(0, 80), candidate);
    if (steps < least) [best, least] = [candidate, steps];
  }
  return best === undefined ? undefined : `did you mean '${best}'?`;
}
