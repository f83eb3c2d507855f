// Gold played back under the monitor, with a user that tells what it is asked and agrees to what is
// proposed: the end state, the violations, and what was seen and told on the way.
import type { ContentHash } from '../core/hash.js';
import { judgeTold } from '../policy/conceal.js';
import {
  callHash,
  hearAgent,
  hearUser,
  judgeCall,
  noteHandOver,
  noteResult,
  startTalk,
} from '../policy/monitor.js';
import type { TalkState } from '../policy/talk.js';
import type { World } from '../world/world.js';
import type { Task } from './task.js';

export interface Replay {
  readonly digest: ContentHash;
  readonly violations: readonly string[];
  readonly talk: TalkState;
}

/** Null when a step of gold is refused or the sandbox fails. */
export function replayGold(
  world: World,
  { scenario, gold, distractors }: Pick<Task, 'scenario' | 'gold' | 'distractors'>,
): Replay | null {
  const session = world.open(distractors);
  try {
    const violations: string[] = [];
    let talk = hearUser(startTalk(), [{ act: 'request', wishes: scenario.wishes }]);
    for (const step of gold) {
      if ('say' in step) {
        const told = judgeTold(world.domain, session, talk, [step.say]);
        if (!told.ok) return null;
        violations.push(...told.value);
        talk = hearAgent(talk, [step.say]);
        if (step.say.act === 'ask') {
          const known = step.say.slots.filter((slot) => Object.hasOwn(scenario.known, slot));
          const slots = known.map((slot) => ({ slot, value: scenario.known[slot] ?? null }));
          talk = hearUser(talk, [{ act: 'inform', slots }]);
        } else if (step.say.act === 'propose') {
          talk = hearUser(talk, [{ act: 'confirm', call: callHash(step.say.call) }]);
        }
        continue;
      }
      const { call } = step;
      if (call.tool === handOver) {
        const policy = call.args['policy'];
        if (typeof policy !== 'string') return null;
        talk = noteHandOver(talk, policy);
        continue;
      }
      const judged = judgeCall(world.domain, session, talk, call);
      const reply = session.call(call.tool, call.args);
      if (!judged.ok || reply.type !== 'result') return null;
      violations.push(...judged.value);
      talk = noteResult(world.domain, talk, call, reply.value);
    }
    const digest = session.digest();
    return digest.ok ? { digest: digest.value, violations, talk } : null;
  } finally {
    session.close();
  }
}

/** The control tool that hands a talk to a person. */
export const handOver = 'transfer_to_human';
