// Train or test, by the content of a task alone: adding or leaving out other tasks moves none.
import { hashJson, type ContentHash } from '../core/hash.js';
import type { Task } from './task.js';

const trainShare = 0.7;

/** Hash of all that makes a task another one: everything but its wording. */
export function taskContent(
  domain: string,
  state: ContentHash,
  scenario: Pick<
    Task['scenario'],
    'caller' | 'known' | 'wishes' | 'ordered' | 'withheld' | 'corrected' | 'later' | 'insists'
  >,
  distractors: Task['distractors'],
): ContentHash {
  const { caller, known, wishes, ordered, withheld, corrected, later, insists } = scenario;
  const conduct = { ordered, withheld, corrected, later, insists };
  return hashJson({ domain, state, caller, known, wishes, conduct, distractors });
}

/** Hash of what a task asks: of two that ask the same, one is enough. */
export function askedContent({ caller, wishes }: Pick<Task['scenario'], 'caller' | 'wishes'>): ContentHash {
  return hashJson({ caller, wishes });
}

export function splitOf(content: ContentHash): Task['split'] {
  return Number.parseInt(content.slice(-8), 16) / 2 ** 32 < trainShare ? 'train' : 'test';
}
