// Why a request failed, classified by what happened and never by the words of a message.
import { APIConnectionError, APIError } from 'openai';
import type { Fault } from '../core/errors.js';

export interface Failure {
  readonly fault: Fault;
  /** Whether it may pass, so that sending again makes sense. */
  readonly passes: boolean;
  /** What the endpoint asks to wait for, in milliseconds; 0 where it asks for nothing. */
  readonly waitMs: number;
}

export function transportFailure(kind: string, message: string, passes: boolean, waitMs = 0): Failure {
  return { fault: { boundary: 'transport', kind, message }, passes, waitMs };
}

/** A reply that came and says nothing: the model's fault, not the way's. */
export function modelFailure(kind: string, message: string, passes: boolean): Failure {
  return { fault: { boundary: 'model', kind, message }, passes, waitMs: 0 };
}

/** What ended a request before its reply was there. */
export type Ended = 'stopped' | 'late' | null;

/** What went wrong with a request. */
export function classifyFailure(error: unknown, ended: Ended): Failure {
  if (ended === 'stopped') return transportFailure('stopped', 'the work was stopped', false);
  if (ended === 'late') return transportFailure('timeout', 'the endpoint took too long', true);
  if (error instanceof APIConnectionError) {
    return transportFailure('connection', 'the connection failed', true);
  }
  if (error instanceof APIError && typeof error.status === 'number') {
    return classifyStatus(error.status, error.headers as Headers | undefined);
  }
  // A connection that breaks inside a reply, or a reply that is not the JSON it says it is.
  return transportFailure('malformed', 'the reply cannot be read', true);
}

/** Statuses for which the same request may be answered later. */
const passing = new Set([408, 409, 425, 429]);

function classifyStatus(status: number, headers: Headers | undefined): Failure {
  const message = `the endpoint answered ${status}`;
  const waitMs = askedWait(headers);
  if (status === 429) return transportFailure('rate-limited', message, true, waitMs);
  if (status >= 500 || passing.has(status)) return transportFailure('server', message, true, waitMs);
  if (status === 401 || status === 403) return transportFailure('denied', message, false);
  return transportFailure('rejected', message, false);
}

/** `Retry-After` in seconds; its other form, a date, would need a clock and is not read. */
function askedWait(headers: Headers | undefined): number {
  const seconds = Number(headers?.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}
