// The agent behind any chat endpoint that speaks OpenAI's protocol. The policy text is its system
// prompt, the manifest its tools; it reads what users say and never the acts behind it. Each tool call
// and each text of the model is one action. What the model gets wrong is an action as well, which the
// environment refuses or the user does not understand: it costs a step, and no episode.
import { isJson, isObject, type Json, type JsonObject } from '../../../src/core/json.js';
import { deriveRng } from '../../../src/core/rng.js';
import type {
  Action,
  Agent,
  AgentSession,
  AgentView,
  Observation,
  Usage,
} from '../../../src/env/protocol.js';
import type { ChatClient, ChatMessage } from '../../../src/llm/chat-client.js';
import type { ChatReply, ToolCall } from '../../../src/llm/reply.js';
import { toolsOf } from './tools.js';

/** An agent named after the client's model. */
export function chatAgent(client: ChatClient): Agent {
  return {
    name: `chat:${client.model}`,
    start(view, seed) {
      const system: ChatMessage = { role: 'system', content: view.policyText };
      return openSession(client, view, seed, {
        messages: [system],
        waiting: [],
        open: null,
        usage: { requests: 0, retries: 0, promptTokens: 0, completionTokens: 0 },
      });
    },
  };
}

/** Plain, and replaced as a whole, so that a fork is a copy of a reference. */
interface Talk {
  readonly messages: readonly ChatMessage[];
  /** Calls of the model's last message that have not been made yet. */
  readonly waiting: readonly ToolCall[];
  /** The call whose result comes next. */
  readonly open: ToolCall | null;
  readonly usage: Usage;
}

function openSession(client: ChatClient, view: AgentView, seed: string, start: Talk): AgentSession {
  let talk = start;
  return {
    async act(observation) {
      talk = { ...talk, messages: [...talk.messages, ...hear(observation, talk.open)], open: null };
      if (talk.waiting.length > 0) return next();
      const reply = await client.complete({
        messages: talk.messages,
        tools: toolsOf(view),
        rng: deriveRng(seed, 'wait', talk.usage.requests),
        onSend: (again) => spend({ requests: 1, retries: again ? 1 : 0 }),
      });
      spend(reply);
      talk = { ...talk, messages: [...talk.messages, ...keep(reply)], waiting: reply.toolCalls };
      // Words beside calls are the model's to itself: a turn is one or the other.
      return reply.toolCalls.length > 0 ? next() : { type: 'say', text: reply.text };
    },
    usage: () => talk.usage,
    fork: () => openSession(client, view, seed, talk),
  };

  function next(): Action {
    const [call, ...waiting] = talk.waiting;
    if (call === undefined) throw new RangeError('no call is waiting');
    talk = { ...talk, waiting, open: call };
    return { type: 'call', tool: call.name, args: argumentsOf(call) };
  }

  function spend(more: Partial<Usage>): void {
    const { requests, retries, promptTokens, completionTokens } = talk.usage;
    talk = {
      ...talk,
      usage: {
        requests: requests + (more.requests ?? 0),
        retries: retries + (more.retries ?? 0),
        promptTokens: promptTokens + (more.promptTokens ?? 0),
        completionTokens: completionTokens + (more.completionTokens ?? 0),
      },
    };
  }
}

/**
 * The model's answer as it is sent back with the next request. Endpoints refuse the whole talk for an
 * empty message, a name of odd letters or arguments that are no JSON, so those are left out or mended.
 */
function keep({ text, toolCalls }: ChatReply): readonly ChatMessage[] {
  if (text === '' && toolCalls.length === 0) return [];
  const calls = toolCalls.map((call) => ({
    ...call,
    name: call.name.replace(/[^\w-]/g, '_').slice(0, 64) || 'unnamed',
    arguments: JSON.stringify(argumentsOf(call)),
  }));
  return [{ role: 'assistant', content: text, toolCalls: calls }];
}

/** What the model is told of an observation. */
function hear(observation: Observation, open: ToolCall | null): readonly ChatMessage[] {
  if (open === null) return observation.type === 'user' ? [{ role: 'user', content: observation.text }] : [];
  return [{ role: 'tool', toolCallId: open.id, content: resultText(observation, open) }];
}

function resultText(observation: Observation, call: ToolCall): string {
  switch (observation.type) {
    case 'result':
      return JSON.stringify(observation.value);
    case 'refusal': {
      const { code, message } = observation;
      const why = isReadable(call) ? message : 'The arguments are not a JSON object.';
      return JSON.stringify({ error: code, message: why });
    }
    case 'user':
      return observation.text;
    case 'fault':
      return JSON.stringify({ error: 'FAULT' });
  }
}

/** The name under which unreadable arguments are passed on: no tool has a parameter of that name. */
const unreadable = 'not a JSON object';
const deepest = 32;

/** The arguments of a call. Those that are no JSON object stay as their text, which every tool refuses. */
function argumentsOf(call: ToolCall): JsonObject {
  // Models leave the arguments of a tool that takes none empty.
  if (call.arguments.trim() === '') return {};
  const parsed = parse(call.arguments);
  return isObject(parsed) && isJson(parsed, deepest) ? parsed : { [unreadable]: call.arguments };
}

function isReadable(call: ToolCall): boolean {
  return !Object.hasOwn(argumentsOf(call), unreadable);
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
