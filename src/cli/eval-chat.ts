// toolgrove eval --agent chat: a model behind an endpoint plays. What is finished is kept: the results
// file is written whole every few seconds, when Ctrl-C stops the work, and at the end.
import { InvalidArgumentError, Option, type Command } from 'commander';
import { chatAgent } from '../../agents/actor/chat/chat-agent.js';
import { evaluateLive, type LiveEvaluation } from '../bench/evaluate-live.js';
import type { Evaluation } from '../bench/evaluate.js';
import type { BenchmarkDomain, Split } from '../bench/record.js';
import { BadInput } from '../core/errors.js';
import type { Issue } from '../core/result.js';
import { createChatClient } from '../llm/chat-client.js';
import { count } from './options.js';
import { readDone } from './resume.js';
import type { Run } from './run.js';
import { writeResults } from './write-results.js';

export interface ChatOptions {
  readonly baseUrl?: string;
  readonly model?: string;
  readonly apiKeyEnv?: string;
  readonly concurrency?: number;
  readonly timeout?: number;
  readonly maxRetries?: number;
  readonly temperature?: number;
}

interface EvalChatOptions extends ChatOptions {
  readonly split: Split;
  readonly runs: number;
  readonly seed: string;
  readonly out?: string;
  readonly resume: boolean;
}

const usual = { concurrency: 8, timeout: 60, maxRetries: 4 } as const;

/** Adds the options of a chat agent. */
export function addChatOptions(command: Command): Command {
  return command
    .option('--base-url <url>', 'chat: the endpoint, as http://127.0.0.1:8000/v1')
    .option('--model <name>', 'chat: the model to ask for')
    .option('--api-key-env <name>', 'chat: the environment variable that holds the key')
    .option('--concurrency <n>', `chat: episodes at a time (default: ${usual.concurrency})`, count(1, 1024))
    .option('--timeout <s>', `chat: seconds for one request (default: ${usual.timeout})`, count(1, 3600))
    .option(
      '--max-retries <n>',
      `chat: times a request is sent again (default: ${usual.maxRetries})`,
      count(0, 20),
    )
    .addOption(new Option('--temperature <t>', 'chat: of the sampling').argParser(temperature));
}

function temperature(text: string): number {
  const value = /^\d(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= 2)) throw new InvalidArgumentError('must be a number from 0 to 2.');
  return value;
}

/** What is wrong with the options of a chat agent, for this or another agent. */
export function checkChatOptions(agent: string, options: ChatOptions): readonly Issue[] {
  const names = {
    baseUrl: '--base-url',
    model: '--model',
    apiKeyEnv: '--api-key-env',
    concurrency: '--concurrency',
    timeout: '--timeout',
    maxRetries: '--max-retries',
    temperature: '--temperature',
  } as const satisfies Record<keyof ChatOptions, string>;
  if (agent !== 'chat') {
    const given = (Object.keys(names) as (keyof ChatOptions)[]).filter((name) => options[name] !== undefined);
    return given.map((name) => ({ path: names[name], message: 'is for --agent chat alone' }));
  }
  const { baseUrl, model, apiKeyEnv } = options;
  const issues: Issue[] = [];
  if (baseUrl === undefined) issues.push({ path: names.baseUrl, message: 'is missing: the endpoint to ask' });
  else if (!/^https?:$/.test(parseUrl(baseUrl)?.protocol ?? '')) {
    issues.push({ path: names.baseUrl, message: 'is no http or https address' });
  } else if (parseUrl(baseUrl)?.username !== '' || parseUrl(baseUrl)?.password !== '') {
    issues.push({ path: names.baseUrl, message: 'holds a password; a key comes by --api-key-env' });
  }
  if (model === undefined) issues.push({ path: names.model, message: 'is missing: the model to ask for' });
  if (apiKeyEnv !== undefined && (process.env[apiKeyEnv] ?? '') === '') {
    issues.push({ path: names.apiKeyEnv, message: `the environment variable '${apiKeyEnv}' is not set` });
  }
  return issues;
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Plays the tasks; stopped by Ctrl-C it gives what is finished. */
export async function evalChat(
  domains: readonly BenchmarkDomain[],
  options: EvalChatOptions,
  { terminal, signal }: Run,
): Promise<LiveEvaluation> {
  const { baseUrl, model, apiKeyEnv, split, runs, seed } = options;
  if (baseUrl === undefined || model === undefined) throw new BadInput(checkChatOptions('chat', options));
  const apiKey = apiKeyEnv === undefined ? undefined : process.env[apiKeyEnv];
  const client = createChatClient({
    baseUrl,
    model,
    ...(apiKey === undefined ? {} : { apiKey }),
    ...(options.temperature === undefined ? {} : { temperature: options.temperature }),
    timeout: 1000 * (options.timeout ?? usual.timeout),
    maxRetries: options.maxRetries ?? usual.maxRetries,
    signal,
  });
  const agent = chatAgent(client);
  const done = readDone(domains, { ...options, agent: agent.name });
  const keeper = keepResults(options.out);
  const evaluation = await evaluateLive(domains, agent, {
    split,
    runs,
    seed,
    done,
    concurrency: options.concurrency ?? usual.concurrency,
    signal,
    onProgress: terminal.onProgress,
    onEpisode: keeper.note,
  });
  await keeper.finish(evaluation);
  return evaluation;
}

const keepEveryMs = 5000;

/** Writes the evaluation so far, one writing at a time; a failure to write comes out at the end. */
function keepResults(path: string | undefined): {
  note: (soFar: () => Evaluation) => void;
  finish: (evaluation: Evaluation) => Promise<void>;
} {
  let last = performance.now();
  let writing: Promise<void> | null = null;
  return {
    note(soFar) {
      if (path === undefined || writing !== null || performance.now() - last < keepEveryMs) return;
      writing = writeResults(path, soFar()).finally(() => {
        writing = null;
        last = performance.now();
      });
      // The last writing says what is wrong; a disk that was full for a while is no reason to stop.
      writing.catch(() => undefined);
    },
    async finish(evaluation) {
      await writing?.catch(() => undefined);
      if (path !== undefined) await writeResults(path, evaluation);
    },
  };
}
