// Train or test, by the content of a task alone: adding or leaving out other tasks moves none.
import { hashJson, type ContentHash } from '../core/hash.js';
import type { Task } from './task.js';

const trainShare = 0.7;

/** Hash of what a task asks: the same for two tasks that differ in wording only. */
export function taskContent(
  domain: string,
  scenario: Pick<Task['scenario'], 'caller' | 'wishes'>,
): ContentHash {
  return hashJson({ domain, caller: scenario.caller, wishes: scenario.wishes });
}

export function splitOf(content: ContentHash): Task['split'] {
  return Number.parseInt(content.slice(-8), 16) / 2 ** 32 < trainShare ? 'train' : 'test';
}
