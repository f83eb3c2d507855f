// Whether a step brought anything new: a write that was accepted, or a talk in which more is known,
// said or done than before. A step that repeats one since which nothing moved can only bring the same.
import { canonicalJson } from '../core/json.js';
import type { TalkState } from '../policy/talk.js';

/** Whether anything changed but the mere number of calls. */
export function hasMoved(before: TalkState, after: TalkState): boolean {
  if (before === after) return false;
  for (const field of Object.keys(after) as (keyof TalkState)[]) {
    if (field !== 'succeeded' && !isSame(before[field], after[field])) return true;
  }
  const earlier = before.succeeded;
  return after.succeeded
    .slice(earlier.length)
    .some((call) => !earlier.some(({ tool, args }) => tool === call.tool && isSame(args, call.args)));
}

function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right) && left.length !== right.length) return false;
  return canonicalJson(left) === canonicalJson(right);
}
