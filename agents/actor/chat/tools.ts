// The tools of a view as a chat model is told them: JSON Schema without our own `x-` keywords.
import { isObject, type Json, type JsonObject } from '../../../src/core/json.js';
import type { AgentView } from '../../../src/env/protocol.js';
import type { ChatTool } from '../../../src/llm/chat-client.js';

const cache = new WeakMap<AgentView, readonly ChatTool[]>();

export function toolsOf(view: AgentView): readonly ChatTool[] {
  const known = cache.get(view);
  if (known !== undefined) return known;
  const tools = view.manifest.map(({ name, description, parameters }) => ({
    name,
    description,
    parameters: plain(parameters),
  }));
  cache.set(view, tools);
  return tools;
}

function plain(schema: JsonObject): JsonObject {
  const kept = Object.entries(schema).filter(([keyword]) => !keyword.startsWith('x-'));
  return Object.fromEntries(
    kept.map(([keyword, value]) => [keyword, keyword === 'properties' ? eachOf(value) : within(value)]),
  );
}

/** Names of properties are no keywords. */
function eachOf(properties: Json): Json {
  if (!isObject(properties)) return properties;
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, within(schema)]));
}

function within(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(within);
  return isObject(value) ? plain(value) : value;
}
