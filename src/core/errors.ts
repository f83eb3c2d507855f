// The four kinds of error. Bad input is a Result with all issues (result.ts); a tool refusal is a
// protocol value; a fault happened at a boundary and is stored, never scored; a bug throws.
import { formatIssue, type Issue } from './result.js';

/** What broke at a boundary. It is classified once, where it happened, and never read from a message. */
export interface Fault {
  readonly boundary: 'sandbox' | 'agent' | 'model' | 'transport';
  readonly kind: string;
  readonly message: string;
}

/** A fault on its way from the boundary where it was classified to the episode that stores it. */
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Bad input on its way to the command line, where each issue becomes one line and the exit code is 2. */
export class BadInput extends Error {
  override readonly name = 'BadInput';
  readonly issues: readonly Issue[];
  readonly source: string | undefined;

  constructor(issues: readonly Issue[], source?: string) {
    super(issues.map((issue) => formatIssue(issue, source)).join('\n'));
    this.issues = issues;
    this.source = source;
  }
}

/** An invariant of this program does not hold: a bug of ours, never of an input. */
export class Bug extends Error {
  override readonly name = 'Bug';
}

/** The value, which the program's own logic says is there. */
export function must<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Bug(`missing: ${what}`);
  return value;
}
