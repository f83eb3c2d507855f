// Laws of every agent: what it does depends on its view, its seed and what it observed, and on
// nothing else; and whatever it observes, it answers with an action.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, type Json } from '../../src/core/json.js';
import type { Action, Agent, AgentSession, AgentView, Observation } from '../../src/env/protocol.js';

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const slots = fc.array(fc.record({ slot: fc.string(), value: scalar }), { maxLength: 3 });

/** Anything that the protocol allows an environment to show. */
function observations(view: AgentView): fc.Arbitrary<Observation> {
  const tool = fc.oneof(fc.constantFrom(...view.manifest.map(({ name }) => name)), fc.string());
  return fc.oneof(
    fc.record({ type: fc.constant('result'), tool, value: json }),
    fc.record({ type: fc.constant('refusal'), tool, code: fc.string(), message: fc.string() }),
    fc.record({
      type: fc.constant('user'),
      text: fc.string(),
      acts: fc.array(
        fc.oneof(
          fc.record({ act: fc.constant('inform'), slots }),
          fc.record({ act: fc.constant('unknown'), slots: fc.array(fc.string(), { maxLength: 3 }) }),
          fc.constant({ act: 'accept' }),
          fc.constant({ act: 'prompt' }),
          fc.constant({ act: 'request', wishes: [] }),
        ),
        { maxLength: 3 },
      ),
    }),
    fc.record({
      type: fc.constant('fault'),
      fault: fc.record({ boundary: fc.constant('sandbox'), kind: fc.string(), message: fc.string() }),
    }),
  );
}

/** Checks the laws of one agent on a view; call inside `describe`. */
export function agentLaws(agent: Agent, view: AgentView): void {
  const history = fc.array(observations(view), { minLength: 1, maxLength: 8 });

  it('acts on anything it may observe, by an action of the protocol', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (seen) => {
        for (const action of await actions(agent.start(view, 'seed'), seen))
          expect(isAction(action)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('does the same for the same seed and the same observations', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.string(), async (seen, seed) => {
        const first = await actions(agent.start(view, seed), seen);
        expect(await actions(agent.start(structuredClone(view), seed), seen)).toEqual(first);
      }),
      { numRuns: 60 },
    );
  });

  it('goes on from a fork as it would have gone on', async () => {
    await fc.assert(
      fc.asyncProperty(history, history, history, async (before, after, meanwhile) => {
        const trunk = agent.start(view, 'seed');
        await actions(trunk, before);
        const branch = trunk.fork?.();
        if (branch === undefined) return;
        await actions(trunk, meanwhile);
        const whole = await actions(agent.start(view, 'seed'), [...before, ...after]);
        expect(await actions(branch, after)).toEqual(whole.slice(before.length));
      }),
      { numRuns: 40 },
    );
  });
}

async function actions(session: AgentSession, seen: readonly Observation[]): Promise<Action[]> {
  const made: Action[] = [];
  for (const observation of seen) made.push(await session.act(observation));
  return made;
}

function isAction(action: Action): boolean {
  // What cannot be written as JSON is no action.
  canonicalJson(action);
  if (action.type === 'call') return typeof action.tool === 'string' && typeof action.args === 'object';
  return 'act' in action !== 'text' in action;
}
