// The episode of a play that was lost with its worker: nothing is known of it but the fault.
import type { Fault } from '../core/errors.js';
import { formats } from '../core/format.js';
import { hashText } from '../core/hash.js';
import type { Episode } from './protocol.js';
import { rewardOfFault, rewardPresets } from './reward.js';

export function brokenEpisode(task: string, agent: string, run: number, fault: Fault): Episode {
  return {
    format: formats.episode,
    task,
    agent,
    run,
    opening: { type: 'fault', fault },
    steps: [],
    end: 'fault',
    reward: rewardOfFault(fault, rewardPresets.outcome),
    digest: hashText('fault'),
    told: [],
    violations: [],
    wrongWrites: 0,
    faults: [fault],
  };
}
