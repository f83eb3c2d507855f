// The chat agent against a scripted endpoint: what it sends, and what becomes of each answer.
import { afterEach, describe, expect, it } from 'vitest';
import { chatAgent } from '../../agents/actor/chat/chat-agent.js';
import { viewOf } from '../../src/env/environment.js';
import type { Agent, Episode } from '../../src/env/protocol.js';
import { rollout, type RolloutOptions } from '../../src/env/rollout.js';
import { createChatClient, type ChatClient, type ChatClientOptions } from '../../src/llm/chat-client.js';
import type { Task } from '../../src/task/task.js';
import { fakeTasks, renewDune } from '../env/fake-tasks.js';
import { fakeDomain, fakeWorld } from '../env/fake-world.js';
import { agentLaws } from '../laws/agent-laws.js';
import {
  completion,
  goldModel,
  serveChat,
  type Endpoint,
  type Heard,
  type Reply,
} from '../llm/chat-endpoint.js';

const open: Endpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

// The endpoint tells tasks apart by how they open.
const tasks: readonly Task[] = fakeTasks.map((task) => ({
  ...task,
  scenario: { ...task.scenario, opening: `Hello, this is about ${task.id}.` },
}));
const renew = tasks.find(({ id }) => id === renewDune.id) ?? renewDune;

interface Played {
  readonly episode: Episode;
  readonly heard: readonly Heard[];
}

async function play(
  task: Task,
  reply: (heard: Heard, nth: number) => Reply,
  options: Partial<ChatClientOptions> & RolloutOptions = {},
): Promise<Played> {
  const endpoint = await serveChat(reply);
  open.push(endpoint);
  const client = createChatClient({
    baseUrl: endpoint.url,
    model: 'm',
    timeout: 5000,
    maxRetries: 2,
    firstWait: 1,
    ...options,
  });
  return { episode: await rollout(fakeWorld(), task, chatAgent(client), 7, options), heard: endpoint.heard };
}

const gold = goldModel(tasks);
const calls = (...made: readonly [string, string][]): unknown =>
  completion({ calls: made.map(([name, text]) => ({ name, arguments: text })) });

/** Answers given first, one call each, then those of the model that does what gold does. */
function after(first: readonly unknown[]): (heard: Heard, nth: number) => Reply {
  const then = goldModel(tasks, { skip: first.length });
  return (heard, nth) => ({ body: first[nth] ?? then(heard) });
}

describe('the chat agent', () => {
  it('solves every task with a model that does what gold does, one call at a time or several', async () => {
    const requests = { false: 0, true: 0 };
    for (const together of [false, true]) {
      const model = goldModel(tasks, { together });
      for (const task of tasks) {
        const { episode, heard } = await play(task, (asked) => ({ body: model(asked) }));
        expect(episode).toMatchObject({ end: 'solved', agent: 'chat:m', reward: { total: 1 }, faults: [] });
        expect(episode.steps).toHaveLength(task.gold.length);
        const { length } = heard;
        expect(episode.usage).toEqual({
          requests: length,
          retries: 0,
          promptTokens: 100 * length,
          completionTokens: 7 * length,
        });
        requests[`${together}`] += length;
      }
    }
    expect(requests.false).toBe(tasks.reduce((total, { gold }) => total + gold.length, 0));
    expect(requests.true).toBeLessThan(requests.false);
  });

  it('shows the model the policy, the tools as JSON Schema, texts and results, and never an act', async () => {
    const { episode, heard } = await play(renew, (asked) => ({ body: gold(asked) }));
    const last = heard.at(-1)?.body;
    const said = episode.steps.flatMap(({ observation }) =>
      observation.type === 'user' ? [observation.text] : [],
    );
    const messages = last?.messages ?? [];
    expect(messages[0]).toEqual({ role: 'system', content: fakeDomain.policyText });
    expect(messages.filter(({ role }) => role === 'user').map(({ content }) => content)).toEqual([
      renew.scenario.opening,
      ...said.slice(0, -1),
    ]);
    expect(last?.tools?.map(({ function: { name } }) => name)).toEqual(
      fakeDomain.manifest.map(({ name }) => name),
    );
    const sent = JSON.stringify(heard.map(({ body }) => body));
    expect(sent).not.toMatch(/x-entity|"acts?"|wishes/);
    const results = messages.filter(({ role }) => role === 'tool');
    expect(results.map(({ tool_call_id }) => tool_call_id)).toEqual(['c0', 'c0', 'c0']);
    expect(JSON.parse(results[0]?.content ?? '')).toMatchObject({ name: 'Anna Lee' });
  });

  it.each<[string, unknown, string]>([
    ['arguments that are no JSON', calls(['get_loan', '{"loan_id": ']), 'not a JSON object'],
    ['arguments that are no object', calls(['get_loan', '["LO-1"]']), 'not a JSON object'],
    [
      'arguments that were cut off',
      completion({ calls: [{ name: 'get_loan', arguments: '{"lo' }] }, 'length'),
      'not a JSON object',
    ],
    [
      'arguments too deep',
      calls(['get_loan', '{"a":'.repeat(5000) + '1' + '}'.repeat(5000)]),
      'not a JSON object',
    ],
    ['a tool that is not there', calls(['fly home!', '{}']), 'UNKNOWN_TOOL'],
    ['arguments of a wrong form', calls(['get_loan', '{}']), 'INVALID_ARGUMENTS'],
  ])('answers %s with an error that costs a step, and goes on', async (_, odd, told) => {
    const { episode, heard } = await play(renew, after([odd, odd]));
    expect(episode).toMatchObject({ end: 'solved', faults: [] });
    expect(episode.steps.slice(0, 2).map(({ observation }) => observation.type)).toEqual([
      'refusal',
      'refusal',
    ]);
    expect(episode.reward.parts['format']).toBe(2 / episode.steps.length);
    const results = heard[1]?.body.messages.filter(({ role }) => role === 'tool') ?? [];
    expect(results).toHaveLength(1);
    expect(results[0]?.content).toContain(told);
    // What is sent back is what every endpoint takes.
    for (const { tool_calls = [] } of heard[1]?.body.messages ?? []) {
      for (const call of tool_calls) {
        expect(JSON.parse(call.function.arguments)).toBeTypeOf('object');
        expect(call.function.name).toMatch(/^[\w-]{1,64}$/);
      }
    }
  });

  it('takes what follows broken calls in one message one after another', async () => {
    const both = calls(['get_loan', '{{'], ['find_member_by_email', '{"email":"anna@example.org"}']);
    const { episode, heard } = await play(renew, (_, nth) => ({
      body: nth === 0 ? both : completion({ text: 'Goodbye!' }),
    }));
    expect(episode.steps.slice(0, 2).map(({ observation }) => observation.type)).toEqual([
      'refusal',
      'result',
    ]);
    const [first, second] = heard[1]?.body.messages.filter(({ role }) => role === 'tool') ?? [];
    expect([first?.tool_call_id, second?.tool_call_id]).toEqual(['c0', 'c1']);
  });

  it('says a refusal, and nothing where the model says nothing: the user gives up in the end', async () => {
    const refusal = await play(renew, () => ({ body: completion({ refusal: 'I cannot do that. [own]' }) }));
    expect(refusal.episode).toMatchObject({ end: 'failed', told: [] });
    expect(refusal.episode.steps[0]).toMatchObject({ heard: [{ act: 'refuse', policy: 'own' }] });
    const silent = await play(renew, () => ({ body: completion({ text: '' }) }));
    expect(silent.episode).toMatchObject({ end: 'gave-up', faults: [], reward: { parts: { format: 1 } } });
  });

  it('never asks for ever: a model that only errs comes to the limit of steps', async () => {
    const { episode, heard } = await play(renew, () => ({ body: calls(['fly', '{']) }), { maxSteps: 9 });
    expect(episode).toMatchObject({ end: 'turn-limit', reward: { total: 0 } });
    expect(heard).toHaveLength(9);
  });

  it('keeps words beside calls to itself', async () => {
    const { episode } = await play(
      renew,
      after([completion({ text: 'I will look.', calls: [{ name: 'get_loan', arguments: '{}' }] })]),
    );
    expect(episode.steps[0]?.action).toEqual({ type: 'call', tool: 'get_loan', args: {} });
  });

  it.each<[string, Reply, { boundary: string; kind: string }]>([
    ['500s', { status: 500, body: {} }, { boundary: 'transport', kind: 'server' }],
    ['silence', { fails: 'never' }, { boundary: 'transport', kind: 'timeout' }],
    ['completions without a message', { body: {} }, { boundary: 'model', kind: 'no-answer' }],
  ])('makes of %s in the midst of a talk a fault that is not scored', async (_, broken, fault) => {
    const { episode } = await play(renew, (asked, nth) => (nth < 2 ? { body: gold(asked) } : broken), {
      timeout: 100,
    });
    expect(episode).toMatchObject({ end: 'fault', faults: [fault], reward: { parts: {}, total: null } });
    expect(episode.steps).toHaveLength(2);
    expect(episode.usage).toMatchObject({ requests: 5, retries: 2 });
  });
});

describe('its laws', () => {
  // A model that answers from what it is sent alone, without a network between.
  const client: ChatClient = {
    model: 'echo',
    complete: ({ messages, onSend }) => {
      onSend(false);
      const words = JSON.stringify(messages.at(-1));
      const toolCalls = [
        { id: 'a', name: words.slice(0, 20), arguments: words },
        { id: 'b', name: 'get_loan', arguments: `{"loan_id":${messages.length}}` },
      ];
      return Promise.resolve({
        text: words,
        toolCalls: toolCalls.slice(0, messages.length % 3),
        promptTokens: words.length,
        completionTokens: 1,
      });
    },
  };
  const agent: Agent = chatAgent(client);
  agentLaws(agent, viewOf(fakeDomain));
});
