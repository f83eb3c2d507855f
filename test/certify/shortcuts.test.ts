// Agents whose talks are played as one fare as if each had played alone.
import { beforeAll, expect, it } from 'vitest';
import { nullAgent } from '../../agents/scripted/null.js';
import { refuseAgents } from '../../agents/scripted/refuse.js';
import { transferAgent, transferAgents } from '../../agents/scripted/transfer.js';
import { yesAgent } from '../../agents/scripted/yes.js';
import { play } from '../../src/certify/play.js';
import { playTogether } from '../../src/certify/shortcuts.js';
import { openDesk, type Desk } from './repair-desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk(30);
});

it('play together as they play alone', () => {
  const { context, drafts } = desk;
  const agents = [
    nullAgent(),
    yesAgent(),
    yesAgent({ identify: true }),
    transferAgent(),
    ...transferAgents(context.view),
    ...refuseAgents(context.view),
  ];
  for (const task of drafts.slice(0, 12)) {
    const together = playTogether(context, task, agents);
    expect(together.size).toBe(agents.length);
    for (const agent of agents) expect(together.get(agent.name)).toEqual(play(context, task, agent));
  }
});
