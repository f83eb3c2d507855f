// A value, or all that is wrong with the input it was to be made from.

/** One problem of an input: where it stands, what is wrong, and (where one is near) what was meant. */
export interface Issue {
  /** Path inside the input, as `tools.renew_loan.require[0][0]`; empty for the whole. */
  readonly path: string;
  readonly message: string;
  /** Line of the source text, from 1, where the source is known. */
  readonly line?: number;
  /** A suggestion, as `did you mean 'member'?` */
  readonly hint?: string;
}

export type Result<T, E = readonly Issue[]> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value };
}

export function fail<E>(error: E): { readonly ok: false; readonly error: E } {
  return { ok: false, error };
}

/** `file:line path: message (hint)`, one line. */
export function formatIssue(issue: Issue, source?: string): string {
  const place = [source, issue.line].filter((part) => part !== undefined).join(':');
  const path = issue.path === '' ? '' : `${issue.path}: `;
  const hint = issue.hint === undefined ? '' : ` (${issue.hint})`;
  return `${place === '' ? '' : `${place} `}${path}${issue.message}${hint}`;
}
