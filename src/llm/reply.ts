// What a chat endpoint replied, read with care: endpoints differ, and nothing they send is trusted.
import { isObject } from '../core/json.js';
import { fail, ok, type Result } from '../core/result.js';
import { modelFailure, transportFailure, type Failure } from './failure.js';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The text of the arguments, which may be no JSON. */
  readonly arguments: string;
}

export interface ChatReply {
  /** What the model says; empty where it says nothing. A refusal is what it says. */
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** The first choice of a completion. */
export function readReply(body: unknown): Result<ChatReply, Failure> {
  if (!isObject(body)) return fail(transportFailure('malformed', 'the reply is no completion', true));
  const { choices, usage } = body;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const message = isObject(choice) ? choice['message'] : undefined;
  if (!isObject(choice) || !isObject(message)) {
    return fail(modelFailure('no-answer', 'the completion holds no message', true));
  }
  const toolCalls = readCalls(message['tool_calls']);
  const text = readText(message['content']) || readText(message['refusal']);
  if (text === '' && toolCalls.length === 0 && choice['finish_reason'] === 'content_filter') {
    return fail(modelFailure('filtered', 'the answer was filtered', false));
  }
  return ok({
    text,
    toolCalls,
    promptTokens: readCount(usage, 'prompt_tokens'),
    completionTokens: readCount(usage, 'completion_tokens'),
  });
}

/** A text, or the texts of a list of parts. */
function readText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (isObject(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('');
}

function readCalls(calls: unknown): readonly ToolCall[] {
  if (!Array.isArray(calls)) return [];
  return calls.map((call: unknown, at): ToolCall => {
    const called = isObject(call) ? (call['function'] ?? call['custom']) : undefined;
    const fields = isObject(called) ? called : {};
    const { name, arguments: given = fields['input'] } = fields;
    const id = isObject(call) ? call['id'] : undefined;
    return {
      id: typeof id === 'string' && id !== '' ? id : `call_${at}`,
      name: typeof name === 'string' ? name : '',
      // Some endpoints send the arguments as they are and not as text.
      arguments: typeof given === 'string' ? given : JSON.stringify(given ?? {}),
    };
  });
}

function readCount(usage: unknown, field: string): number {
  const count = isObject(usage) ? usage[field] : undefined;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : 0;
}
