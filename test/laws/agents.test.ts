// The laws of agents, applied to each that is shipped, on the view of a real domain.
import { readFileSync } from 'node:fs';
import { describe } from 'vitest';
import { babbleAgent } from '../../agents/scripted/babble.js';
import { nullAgent } from '../../agents/scripted/null.js';
import { oracle } from '../../agents/scripted/oracle.js';
import { randomValidAgent } from '../../agents/scripted/random-valid.js';
import { refuseAgent } from '../../agents/scripted/refuse.js';
import { replayAgent } from '../../agents/scripted/replay.js';
import { transferAgent } from '../../agents/scripted/transfer.js';
import { yesAgent } from '../../agents/scripted/yes.js';
import { emitDomain } from '../../src/emit/emit.js';
import { viewOf } from '../../src/env/environment.js';
import { inText } from '../../src/env/in-text.js';
import { readSpec } from '../../src/spec/read.js';
import { agentLaws } from './agent-laws.js';

const read = readSpec(readFileSync(new URL('../../domains/library.yaml', import.meta.url), 'utf8'));
if (!read.ok) throw new Error(JSON.stringify(read.error));
const domain = read.value;
const emitted = emitDomain(domain);

const agents = [
  nullAgent(),
  babbleAgent(),
  yesAgent(),
  yesAgent({ identify: true }),
  refuseAgent('own_records'),
  transferAgent(),
  transferAgent({ identify: true }),
  randomValidAgent(),
  randomValidAgent({ ending: 0.05 }),
  replayAgent([{ type: 'call', tool: 'get_loan', args: { loan_id: 'LO-10000' } }]),
  oracle(domain),
  inText(oracle(domain, 'text'), emitted),
];

describe.each(agents.map((agent) => [agent.name, agent] as const))('the agent %s', (_, agent) => {
  agentLaws(agent, viewOf(emitted));
});
