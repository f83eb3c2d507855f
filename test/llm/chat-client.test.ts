import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Broken } from '../../src/core/errors.js';
import { deriveRng } from '../../src/core/rng.js';
import { backoff } from '../../src/llm/backoff.js';
import { createChatClient, type ChatClientOptions, type ChatRequest } from '../../src/llm/chat-client.js';
import type { ChatReply } from '../../src/llm/reply.js';
import { completion, serveChat, type Endpoint, type Heard, type Reply } from './chat-endpoint.js';

const open: Endpoint[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const endpoint of open.splice(0)) await endpoint.close();
});

type Asked =
  | { readonly reply: ChatReply; readonly heard: readonly Heard[]; readonly sent: readonly boolean[] }
  | { readonly fault: string; readonly heard: readonly Heard[]; readonly sent: readonly boolean[] };

async function ask(
  reply: (heard: Heard, nth: number) => Reply,
  options: Partial<ChatClientOptions> = {},
  request: Partial<ChatRequest> = {},
): Promise<Asked> {
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
  const sent: boolean[] = [];
  const { heard } = endpoint;
  try {
    const answer = await client.complete({
      messages: [{ role: 'user', content: 'Hello' }],
      tools: [],
      rng: deriveRng(1, 'test'),
      onSend: (again) => sent.push(again),
      ...request,
    });
    return { reply: answer, heard, sent };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { fault: `${error.fault.boundary}:${error.fault.kind}`, heard, sent };
  }
}

const well: Reply = { body: completion({ text: 'Hi' }) };
const hi = { text: 'Hi', toolCalls: [], promptTokens: 100, completionTokens: 7 };

describe('a chat client', () => {
  it('sends what it is told, and nothing that the environment holds for another service', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'secret');
    vi.stubEnv('OPENAI_ADMIN_KEY', 'secret');
    vi.stubEnv('OPENAI_ORG_ID', 'secret');
    vi.stubEnv('OPENAI_PROJECT_ID', 'secret');
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9/secret');
    const tools = [{ name: 'look', description: 'Looks.', parameters: { type: 'object', properties: {} } }];
    const toolCalls = [{ id: 'a', name: 'look', arguments: '{}' }];
    const messages: ChatRequest['messages'] = [
      { role: 'system', content: 'Be kind.' },
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: '', toolCalls },
      { role: 'tool', toolCallId: 'a', content: '[]' },
    ];
    const asked = await ask(() => well, { apiKey: 'key', temperature: 0.5 }, { tools, messages });
    expect(asked).toMatchObject({ reply: hi, sent: [false] });
    const [first] = asked.heard;
    expect(first?.path).toBe('/v1/chat/completions');
    expect(first?.headers.authorization).toBe('Bearer key');
    expect(JSON.stringify(first)).not.toContain('secret');
    expect(first?.body).toEqual({
      model: 'm',
      temperature: 0.5,
      tools: [{ type: 'function', function: tools[0] }],
      messages: [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hello' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'a', type: 'function', function: { name: 'look', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'a', content: '[]' },
      ],
    });
  });

  it.each<[string, Reply]>([
    ['429', { status: 429, headers: { 'retry-after': '0' }, body: {} }],
    ['500', { status: 500, body: 'oh no' }],
    ['503', { status: 503, body: {} }],
    ['a closed socket', { fails: 'closed' }],
    ['no JSON', { body: '<html>' }],
    ['no choices', { body: { choices: [] } }],
  ])('asks again after %s, and is answered', async (_, first) => {
    const asked = await ask((_heard, nth) => (nth === 0 ? first : well));
    expect(asked).toMatchObject({ reply: hi, sent: [false, true] });
  });

  it.each<[string, Reply, string, number]>([
    ['429', { status: 429, body: {} }, 'transport:rate-limited', 3],
    ['500', { status: 500, body: {} }, 'transport:server', 3],
    ['a closed socket', { fails: 'closed' }, 'transport:connection', 3],
    ['silence', { fails: 'never' }, 'transport:timeout', 3],
    ['a reply without end', { fails: 'stalls' }, 'transport:timeout', 3],
    ['a reply too late', { ...well, after: 3000 }, 'transport:timeout', 3],
    ['no JSON', { body: '<html>' }, 'transport:malformed', 3],
    ['JSON of another kind', { body: '[1]' }, 'transport:malformed', 3],
    ['no message', { body: { choices: [{}] } }, 'model:no-answer', 3],
    ['a filter', { body: completion({}, 'content_filter') }, 'model:filtered', 1],
    ['401', { status: 401, body: {} }, 'transport:denied', 1],
    ['400', { status: 400, body: { error: { message: 'too long' } } }, 'transport:rejected', 1],
  ])('gives up on %s after a bounded number of times, with a fault', async (_, reply, fault, times) => {
    const asked = await ask(() => reply, { timeout: 150 });
    expect(asked).toMatchObject({ fault });
    expect(asked.sent).toHaveLength(times);
    expect(asked.heard).toHaveLength(times);
  });

  it('stops at once when it is told to, while it waits for a reply or to ask again', async () => {
    for (const reply of [{ fails: 'never' }, { status: 500, body: {} }] as const) {
      const stop = new AbortController();
      const options = { signal: stop.signal, firstWait: 60_000, timeout: 60_000 };
      const asked = await ask(() => {
        setTimeout(() => stop.abort(), 50);
        return reply;
      }, options);
      expect(asked).toHaveProperty('fault');
      expect(asked.heard).toHaveLength(1);
    }
  });

  it('reads replies as loosely as endpoints write them', async () => {
    const message = (fields: object): Reply => ({ body: { choices: [{ message: fields }] } });
    const read = async (fields: object): Promise<unknown> => {
      const asked = await ask(() => message(fields));
      return 'reply' in asked ? asked.reply : asked.fault;
    };
    const nothing = { text: '', toolCalls: [], promptTokens: 0, completionTokens: 0 };
    expect(await read({})).toEqual(nothing);
    expect(await read({ content: null, refusal: 'No.' })).toEqual({ ...nothing, text: 'No.' });
    expect(await read({ content: [{ type: 'text', text: 'a' }, { text: 'b' }, 7] })).toMatchObject({
      text: 'ab',
    });
    expect(await read({ tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] })).toMatchObject({
      toolCalls: [{ id: 'call_0', name: 'f', arguments: '{"a":1}' }],
    });
    expect(await read({ tool_calls: [null, { id: 7 }, 'x'] })).toMatchObject({
      toolCalls: [{ name: '' }, { name: '' }, { name: '' }],
    });
  });
});

describe('the wait before asking again', () => {
  it('grows, has an end, and is drawn from its stream', () => {
    fc.assert(
      fc.property(fc.nat(12), fc.nat(), fc.integer({ min: 1, max: 2000 }), (attempt, seed, first) => {
        const wait = (nth: number): number => backoff(nth + 1, first, 0, deriveRng(seed, 'w'));
        const whole = Math.min(30_000, first * 2 ** attempt);
        expect(wait(attempt)).toBeGreaterThanOrEqual(whole / 2);
        expect(wait(attempt)).toBeLessThanOrEqual(whole);
        expect(wait(attempt)).toBe(wait(attempt));
      }),
    );
    expect(new Set([1, 2, 3].map((seed) => backoff(1, 500, 0, deriveRng(seed, 'w')))).size).toBe(3);
    expect(backoff(1, 500, 7000, deriveRng(1, 'w'))).toBe(7000);
    expect(backoff(1, 500, 9e9, deriveRng(1, 'w'))).toBe(120_000);
  });
});
