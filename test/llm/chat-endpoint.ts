// A chat endpoint on this machine that answers as it is told: well, slowly, wrongly or not at all.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { realiseAgent } from '../../src/language/realise.js';
import type { Step, Task } from '../../src/task/task.js';

/** A request as it came. */
export interface Heard {
  readonly headers: IncomingHttpHeaders;
  readonly path: string;
  readonly body: Asked;
}

interface Asked {
  readonly model: string;
  readonly temperature?: number;
  readonly tools?: readonly { readonly function: { readonly name: string; readonly parameters: unknown } }[];
  readonly messages: readonly Message[];
}

interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string | null;
  readonly tool_call_id?: string;
  readonly tool_calls?: readonly {
    readonly id: string;
    readonly function: { readonly name: string; readonly arguments: string };
  }[];
}

/** What the endpoint does: a status with a body, or one of the ways of not answering. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Record<string, string>;
      readonly body: unknown;
      readonly after?: number;
    }
  | { readonly fails: 'never' | 'closed' | 'stalls' };

export interface Endpoint {
  readonly url: string;
  readonly heard: Heard[];
  close(): Promise<void>;
}

export async function serveChat(reply: (heard: Heard, nth: number) => Reply): Promise<Endpoint> {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as Asked;
      heard.push({ headers: request.headers, path: request.url ?? '', body });
      const made = reply(heard[heard.length - 1] as Heard, heard.length - 1);
      if ('fails' in made) {
        if (made.fails === 'closed') request.socket.destroy();
        if (made.fails === 'stalls') {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.write('{"choices":[');
        }
        return;
      }
      const send = (): void => {
        response.writeHead(made.status ?? 200, { 'content-type': 'application/json', ...made.headers });
        response.end(typeof made.body === 'string' ? made.body : JSON.stringify(made.body));
      };
      if (made.after === undefined) send();
      else setTimeout(send, made.after);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    heard,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface CallText {
  readonly name: string;
  readonly arguments: string;
}

/** The body of a completion that says something, makes calls, or both. */
export function completion(
  said: { readonly text?: string | null; readonly calls?: readonly CallText[]; readonly refusal?: string },
  finish = 'stop',
): unknown {
  const { text = null, calls = [], refusal } = said;
  const tool_calls = calls.map((call, at) => ({ id: `c${at}`, type: 'function', function: call }));
  const message = {
    role: 'assistant',
    content: text,
    ...(refusal === undefined ? {} : { refusal }),
    ...(tool_calls.length === 0 ? {} : { tool_calls }),
  };
  return {
    id: 'x',
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason: finish, message }],
    usage: { prompt_tokens: 100, completion_tokens: 7, total_tokens: 107 },
  };
}

/**
 * A model that knows the tasks by how they open, and does what gold does: calls as tool calls, several
 * at once where they follow each other and `together` is set, acts as text. `skip` of its answers, one
 * step each, are none of gold's.
 */
export function goldModel(
  tasks: readonly Task[],
  { together = false, skip = 0 }: { readonly together?: boolean; readonly skip?: number } = {},
): (heard: Heard) => unknown {
  const byOpening = new Map(tasks.map((task) => [task.scenario.opening, task]));
  return ({ body }) => {
    const opening = body.messages.find(({ role }) => role === 'user')?.content ?? '';
    const gold = byOpening.get(opening)?.gold ?? [];
    const made = body.messages.reduce((count, { role, tool_calls }) => {
      if (role !== 'assistant') return count;
      return count + (tool_calls?.length ?? 1);
    }, 0);
    return answer(gold.slice(made - skip), together);
  };
}

function answer([next, ...rest]: readonly Step[], together: boolean): unknown {
  if (next === undefined) return completion({ text: 'All of that is done. Is there anything else?' });
  if (!('call' in next)) return completion({ text: realiseAgent(next.say, () => undefined) });
  const calls = [next.call];
  for (const step of together ? rest : []) {
    if (!('call' in step)) break;
    calls.push(step.call);
  }
  return completion({
    calls: calls.map(({ tool, args }) => ({ name: tool, arguments: JSON.stringify(args) })),
  });
}
