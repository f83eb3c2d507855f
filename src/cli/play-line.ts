// A line typed by a person who plays the agent, as an action. Plain text is said to the caller;
// a line that begins with a tool's name or a slash is a call or an act.
import { closest } from 'fastest-levenshtein';
import { fail, ok, type Result } from '../core/result.js';
import { isObject, type Json, type JsonObject } from '../core/json.js';
import type { ToolManifest } from '../emit/emitted-domain.js';
import type { Action, AgentView } from '../env/protocol.js';
import type { TypedValue } from '../policy/talk.js';

export type PlayLine =
  | { readonly type: 'action'; readonly action: Action }
  | { readonly type: 'show'; readonly what: 'help' | 'tools' | 'policy'; readonly tool?: string }
  | { readonly type: 'quit' };

export const playHelp = `  plain text                     say it to the caller
  renew_loan loan_id=LO-12345    call a tool; lists as copy_ids=CP-1,CP-2, text in "quotes"
  /ask email name                ask for details of the caller
  /propose pay_fine fine_id=…    ask the caller to confirm exactly this call
  /tell money 1250               tell a value: money (in cents), date, datetime, int, string, enum, bool, id
  /refuse policy_id              refuse, naming the rule
  /close                         say that all is done
  /tools [name]  /policy  /help  /quit`;

const verbs = ['/ask', '/propose', '/tell', '/refuse', '/close', '/tools', '/policy', '/help', '/quit'];
const valueTypes: readonly TypedValue['type'][] = [
  'string',
  'int',
  'number',
  'money',
  'bool',
  'date',
  'datetime',
  'enum',
  'id',
];

/** Reads a line; what is wrong with it is one message. */
export function parsePlayLine(line: string, view: AgentView): Result<PlayLine, string> {
  const words = splitWords(line.trim());
  const [verb = '', ...rest] = words;
  const say = (act: Extract<Action, { act: unknown }>['act']): Result<PlayLine, string> =>
    ok({ type: 'action', action: { type: 'say', act } });
  switch (verb) {
    case '/help':
    case '/policy':
      return ok({ type: 'show', what: verb === '/help' ? 'help' : 'policy' });
    case '/tools':
      return ok({ type: 'show', what: 'tools', ...(rest[0] === undefined ? {} : { tool: rest[0] }) });
    case '/quit':
      return ok({ type: 'quit' });
    case '/ask':
      return rest.length === 0 ? fail('ask for what? /ask email') : say({ act: 'ask', slots: rest });
    case '/close':
      return say({ act: 'close' });
    case '/refuse':
      return rest[0] === undefined
        ? fail('by which rule? /refuse policy_id')
        : say({ act: 'refuse', policy: rest[0] });
    case '/tell': {
      const type = valueTypes.find((known) => known === rest[0]);
      if (type === undefined || rest.length < 2)
        return fail(`tell a type and a value; types are ${valueTypes.join(', ')}`);
      const text = rest.slice(1).join(' ');
      const plain =
        type === 'string' || type === 'enum' || type === 'id' || type === 'date' || type === 'datetime';
      const value = plain ? text : parseValue(text);
      if (typeof value === 'object' && value !== null) return fail('a value is a number, a word or a date');
      return say({ act: 'tell', values: [{ type, value }] });
    }
    case '/propose': {
      const call = parseCall(rest, view.manifest);
      return call.ok ? say({ act: 'propose', call: call.value }) : call;
    }
    default: {
      if (verb.startsWith('/')) return fail(`there is no ${verb}; did you mean ${closest(verb, verbs)}?`);
      if (!view.manifest.some(({ name }) => name === verb)) {
        return ok({ type: 'action', action: { type: 'say', text: line.trim() } });
      }
      const call = parseCall(words, view.manifest);
      return call.ok ? ok({ type: 'action', action: { type: 'call', ...call.value } }) : call;
    }
  }
}

function parseCall(
  words: readonly string[],
  manifest: readonly ToolManifest[],
): Result<{ readonly tool: string; readonly args: JsonObject }, string> {
  const [name = '', ...pairs] = words;
  const tool = manifest.find((known) => known.name === name);
  if (tool === undefined) {
    const names = manifest.map((known) => known.name);
    return fail(`there is no tool '${name}'; did you mean ${closest(name, names)}?`);
  }
  const properties = isObject(tool.parameters['properties']) ? tool.parameters['properties'] : {};
  const args: Record<string, Json> = {};
  for (const pair of pairs) {
    const cut = pair.indexOf('=');
    if (cut < 1) return fail(`'${pair}' is not name=value`);
    const schema = properties[pair.slice(0, cut)];
    args[pair.slice(0, cut)] = parseArgument(pair.slice(cut + 1), isObject(schema) ? schema : {});
  }
  return ok({ tool: name, args });
}

/** Text where the schema wants text, so that a phone number stays one. */
function parseArgument(text: string, schema: JsonObject): Json {
  if (schema['type'] === 'array') {
    const items = isObject(schema['items']) ? schema['items'] : {};
    return text.split(',').map((item) => parseArgument(item, items));
  }
  return schema['type'] === 'string' ? text : parseValue(text);
}

function parseValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** Words apart by spaces; quotes keep spaces together. */
function splitWords(line: string): string[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));
}
