// A thin client of chat endpoints that speak OpenAI's protocol. It owns what may go wrong on the way: a
// request that fails for a reason that may pass is sent again after a while, a bounded number of times,
// and what is left is a fault that says at which boundary it happened.
import { setTimeout as sleep } from 'node:timers/promises';
import { OpenAI } from 'openai';
import { Broken } from '../core/errors.js';
import type { JsonObject } from '../core/json.js';
import type { Rng } from '../core/rng.js';
import { backoff } from './backoff.js';
import { classifyFailure, type Failure } from './failure.js';
import { readReply, type ChatReply, type ToolCall } from './reply.js';

export interface ChatClientOptions {
  /** As `http://127.0.0.1:8000/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  /** Sent as a bearer token; a placeholder where there is none, which local endpoints ignore. */
  readonly apiKey?: string;
  readonly temperature?: number;
  /** Of one request, to the end of its reply; in milliseconds. */
  readonly timeout: number;
  /** How often one request is sent again. */
  readonly maxRetries: number;
  /** The first wait before that, in milliseconds; it doubles from one to the next. */
  readonly firstWait?: number;
  /** Ends every request and wait. */
  readonly signal?: AbortSignal;
}

export interface ChatTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
}

export type ChatMessage =
  | { readonly role: 'system' | 'user'; readonly content: string }
  | { readonly role: 'assistant'; readonly content: string; readonly toolCalls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string };

export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools: readonly ChatTool[];
  /** Of the jitter. */
  readonly rng: Rng;
  /** Called before each sending; `again` from the second on. */
  readonly onSend: (again: boolean) => void;
}

export interface ChatClient {
  readonly model: string;
  /** The model's answer; rejects with a Broken of the boundary `transport` or `model`. */
  complete(request: ChatRequest): Promise<ChatReply>;
}

const usualFirstWait = 500;

export function createChatClient(options: ChatClientOptions): ChatClient {
  // What stands in the environment for OpenAI's own service must not be sent anywhere else.
  const openai = new OpenAI({
    baseURL: options.baseUrl,
    apiKey: options.apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
  });
  return { model: options.model, complete: (request) => complete(openai, options, request) };
}

async function complete(
  openai: OpenAI,
  options: ChatClientOptions,
  request: ChatRequest,
): Promise<ChatReply> {
  for (let attempt = 0; ; attempt++) {
    request.onSend(attempt > 0);
    const sent = await send(openai, options, request);
    if (sent.ok) return sent.reply;
    if (!sent.failure.passes || attempt >= options.maxRetries) throw new Broken(sent.failure.fault);
    const first = options.firstWait ?? usualFirstWait;
    const wait = backoff(attempt + 1, first, sent.failure.waitMs, request.rng);
    try {
      await sleep(wait, undefined, options.signal === undefined ? {} : { signal: options.signal });
    } catch {
      throw new Broken(sent.failure.fault);
    }
  }
}

type Sent =
  | { readonly ok: true; readonly reply: ChatReply }
  | { readonly ok: false; readonly failure: Failure };

async function send(openai: OpenAI, options: ChatClientOptions, request: ChatRequest): Promise<Sent> {
  const { model, temperature, timeout, signal } = options;
  // The client's own limit ends with the head of a reply; a body may take for ever.
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeout);
  const late = new Promise<never>((_, reject) => {
    deadline.signal.addEventListener('abort', () => reject(new Error('late')));
  });
  try {
    const asked = openai.chat.completions.create(
      {
        model,
        messages: request.messages.map(toMessage),
        ...(request.tools.length === 0 ? {} : { tools: request.tools.map(toTool) }),
        ...(temperature === undefined ? {} : { temperature }),
      },
      {
        // Its own limit must not come first: it would tell a slow reply from a lost one by chance.
        timeout: timeout + 1000,
        signal: signal === undefined ? deadline.signal : AbortSignal.any([signal, deadline.signal]),
      },
    );
    const read = readReply(await Promise.race([asked, late]));
    return read.ok ? { ok: true, reply: read.value } : { ok: false, failure: read.error };
  } catch (error) {
    const ended = signal?.aborted === true ? 'stopped' : deadline.signal.aborted ? 'late' : null;
    return { ok: false, failure: classifyFailure(error, ended) };
  } finally {
    clearTimeout(timer);
  }
}

function toMessage(message: ChatMessage): OpenAI.ChatCompletionMessageParam {
  switch (message.role) {
    case 'system':
    case 'user':
      return message;
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.content };
    case 'assistant': {
      const calls = message.toolCalls.map((call) => ({
        type: 'function' as const,
        id: call.id,
        function: { name: call.name, arguments: call.arguments },
      }));
      return calls.length === 0
        ? { role: 'assistant', content: message.content }
        : {
            role: 'assistant',
            content: message.content === '' ? null : message.content,
            tool_calls: calls,
          };
    }
  }
}

function toTool({ name, description, parameters }: ChatTool): OpenAI.ChatCompletionTool {
  return { type: 'function', function: { name, description, parameters: { ...parameters } } };
}
