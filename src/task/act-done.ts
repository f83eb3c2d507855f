// Whether a talk has what a goal needs beside the end state: the one reading of it that the composer
// certifies gold by and the environment grades by.
import type { TalkState } from '../policy/talk.js';
import type { ActNeeded } from './task.js';

/** Whether the talk did what was needed. */
export function isDone(talk: TalkState, needed: ActNeeded): boolean {
  switch (needed.act) {
    case 'identify':
      return talk.identified === needed.caller;
    case 'read':
      return needed.rows.every((id) => talk.seen.includes(id));
    case 'refuse':
      return talk.refused.includes(needed.policy);
    case 'transfer':
      return talk.escalated === needed.policy;
  }
}
