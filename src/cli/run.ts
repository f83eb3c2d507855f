// What a verb gets beside its own options.
import type { Terminal } from './terminal.js';

export interface Run {
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
}
