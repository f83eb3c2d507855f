// Defaults of what a guest may use, and what a caller is told when it used more. The texts are ours:
// what an engine says about itself must not reach an agent.
import type { Fault } from '../src/core/errors.js';
import type { Limits, SandboxFaultKind } from './guest-api.js';

const megabyte = 1 << 20;

/**
 * 400 hits are four million poll points, about a quarter of a second. The engine's stack ends before
 * V8's does on any thread, so that a call ends alike everywhere; 300 calls deep fit in it.
 */
export const defaultLimits: Limits = {
  memory: 64 * megabyte,
  fuel: 400,
  stack: 64 * 1024,
  result: 4 * megabyte,
};

const messages: Readonly<Record<SandboxFaultKind, string>> = {
  fuel: 'The tool ran for too long and was stopped.',
  memory: 'The tool used more memory than it may.',
  stack: 'The tool called itself too deeply.',
  crash: 'The sandbox broke down under the tool.',
  threw: 'The tool failed.',
  'not-json': 'The tool returned something that is not JSON.',
  'too-large': 'The tool returned more than a result may hold.',
  async: 'The tool left work behind that was to run later.',
  'unknown-tool': 'The sandbox has no such tool.',
  watchdog: 'The sandbox hung and was killed.',
};

/** The fault of a kind, with the words that a caller may read. */
export function sandboxFault(kind: SandboxFaultKind): Fault {
  return { boundary: 'sandbox', kind, message: messages[kind] };
}
