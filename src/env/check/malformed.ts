// Whatever an agent sends that is of the form of an action is answered: it never throws, breaks or
// changes anything, and counts against the reward's part `format` where it is malformed.
import type { JsonObject } from '../../core/json.js';
import type { AgentAct } from '../../policy/talk.js';
import type { Action, AgentView } from '../protocol.js';
import { playOptions, playOut, type Ground, type Verdict } from './play.js';

export function* checkMalformed(ground: Ground): Generator<Verdict> {
  for (const { id, actions } of ground.subject.tasks) {
    const untouched = playOut(ground.subject.start(id, playOptions), []).digest;
    const begun = ground.subject.start(id, playOptions);
    for (const action of oddActions(begun.view)) {
      const odd = begun.fork();
      const { observation } = odd.step(action);
      const { digest, end, reward } = odd.finish();
      const what = `${id}: ${JSON.stringify(action).slice(0, 100)}`;
      yield observation.type === 'refusal' || observation.type === 'user'
        ? null
        : `${what} is a ${observation.type}`;
      yield end !== 'fault' && digest === untouched ? null : `${what} changed something`;
      if (action.type === 'call') {
        yield observation.type === 'refusal' && reward.parts['format'] === 1
          ? null
          : `${what} does not count as malformed`;
      }
    }
    // After all of them the task is still to be solved.
    const longest = { ...playOptions, maxSteps: 2 * oddCalls(begun.view).length + actions.length };
    const environment = ground.subject.start(id, longest);
    for (const action of oddCalls(begun.view)) environment.step(action);
    const solved = playOut(environment, actions).end;
    const before = playOut(ground.subject.start(id, playOptions), actions).end;
    yield solved === before ? null : `${id}: ends ${solved} after malformed calls, and ${before} without`;
    begun.finish();
  }
}

const deep = (depth: number): JsonObject => (depth === 0 ? {} : { deeper: deep(depth - 1) });
// JSON text can name what a literal cannot.
const inherited = JSON.parse('{"__proto__":{"admin":true},"constructor":1}') as JsonObject;
const oddArguments: readonly JsonObject[] = [
  { 'no such argument': 1 },
  inherited,
  deep(60),
  { text: 'x'.repeat(70_000) },
  { '': [] },
];

function oddCalls({ manifest }: AgentView): readonly Action[] {
  const unknown = ['no_such_tool', '', '__proto__', 'constructor', 'x'.repeat(5000)].map((tool): Action => ({
    type: 'call',
    tool,
    args: {},
  }));
  const known = manifest.map(({ name }, at): Action => {
    const args = oddArguments[at % oddArguments.length] ?? {};
    return { type: 'call', tool: name, args };
  });
  return [...unknown, ...known];
}

function oddActions(view: AgentView): readonly Action[] {
  const texts = ['', ' ', '\u0000', '�\uD800', '?', '“', '[no_such_rule]', 'a '.repeat(20_000)];
  const acts: readonly AgentAct[] = [
    { act: 'ask', slots: [] },
    { act: 'ask', slots: ['no such slot', '__proto__', ''] },
    { act: 'propose', call: { tool: 'no_such_tool', args: deep(30) } },
    { act: 'tell', values: [] },
    { act: 'tell', values: [{ type: 'id', value: null }] },
    { act: 'refuse', policy: 'no_such_rule' },
    { act: 'close' },
  ];
  return [
    ...oddCalls(view),
    ...texts.map((text): Action => ({ type: 'say', text })),
    ...acts.map((act): Action => ({ type: 'say', act })),
  ];
}
