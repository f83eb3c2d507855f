// Evaluating from the command line: a chat endpoint, going on after Ctrl-C, regrade and check-env.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchmarkLines, type BenchmarkDomain } from '../../src/bench/record.js';
import { readResults, type Results } from '../../src/bench/results.js';
import { checkChatOptions, type ChatOptions } from '../../src/cli/eval-chat.js';
import { formatIssue } from '../../src/core/result.js';
import { hashEmitted } from '../../src/emit/emit.js';
import { checkNames } from '../../src/env/check-env.js';
import { makeBenchmarkDomain } from '../bench/bench-domain.js';
import { goldModel, serveChat, type Endpoint, type Heard, type Reply } from '../llm/chat-endpoint.js';
import { linesOf, temporaryFolder, toolgrove, type Ran } from './toolgrove.js';

let domain: BenchmarkDomain;
let folder: string;
let benchmark: string;

const open: Endpoint[] = [];
afterAll(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

beforeAll(async () => {
  domain = await makeBenchmarkDomain(8);
  folder = temporaryFolder();
  benchmark = writeBenchmark('bench.jsonl', domain);
});

function writeBenchmark(name: string, of: BenchmarkDomain): string {
  const path = join(folder, name);
  writeFileSync(path, [...benchmarkLines([of], 'all')].map((line) => `${line}\n`).join(''));
  return path;
}

async function serve(reply: (heard: Heard, nth: number) => Reply): Promise<Endpoint> {
  const endpoint = await serveChat(reply);
  open.push(endpoint);
  return endpoint;
}

const chat = ({ url }: Endpoint, ...more: readonly string[]): readonly string[] => {
  return ['eval', '--benchmark', benchmark, '--agent', 'chat', '--base-url', url, '--model', 'm', ...more];
};

function resultsOf(path: string): Results {
  const read = readResults(readFileSync(path, 'utf8'));
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const well = (after?: number): ((heard: Heard) => Reply) => {
  const model = goldModel(domain.tasks);
  return (heard) => ({ body: model(heard), ...(after === undefined ? {} : { after }) });
};

describe('eval --agent chat', () => {
  it('plays an endpoint, several episodes at a time, and counts what was asked of it', async () => {
    const endpoint = await serve(well());
    const out = join(folder, 'good.jsonl');
    const ran = await toolgrove(chat(endpoint, '--concurrency', '3', '--runs', '2', '--out', out, '--json'));
    expect(ran.code).toBe(0);
    const summary = JSON.parse(ran.out) as Record<string, unknown>;
    const { length } = endpoint.heard;
    expect(summary).toMatchObject({
      agent: 'chat:m',
      success: 1,
      episodes: 16,
      passK: { 1: 1, 2: 1 },
      excluded: 0,
      usage: { requests: length, retries: 0, promptTokens: 100 * length },
    });
    expect(resultsOf(out)).toMatchObject({ agent: 'chat:m', runs: 2 });
    expect(readFileSync(out, 'utf8')).not.toContain(endpoint.url);
  });

  it('sends the key of the named variable, and writes it nowhere', async () => {
    process.env['TOOLGROVE_TEST_KEY'] = 'sesame';
    const endpoint = await serve(well());
    const out = join(folder, 'key.jsonl');
    const ran = await toolgrove(chat(endpoint, '--api-key-env', 'TOOLGROVE_TEST_KEY', '--out', out));
    delete process.env['TOOLGROVE_TEST_KEY'];
    expect(new Set(endpoint.heard.map(({ headers }) => headers.authorization))).toEqual(
      new Set(['Bearer sesame']),
    );
    expect(ran.out + ran.err + readFileSync(out, 'utf8')).not.toContain('sesame');
  });

  it('tells when nothing could be judged, and plays it again with --resume', async () => {
    const out = join(folder, 'broken.jsonl');
    const down = await serve(() => ({ status: 500, body: {} }));
    const ran = await toolgrove(chat(down, '--max-retries', '0', '--out', out));
    expect(ran.code).toBe(1);
    expect(ran.err).toContain('no episode could be judged');
    expect(ran.out).toMatch(/^faults: transport:server 8$/m);
    expect(ran.out).toMatch(/^excluded: 8 episodes that broke outside the agent$/m);
    const again = await toolgrove(chat(await serve(well()), '--resume', '--out', out, '--json'));
    expect(JSON.parse(again.out)).toMatchObject({ success: 1, excluded: 0, episodes: 8 });
  });

  it('keeps what is finished when it is interrupted, and comes to the same bytes with --resume', async () => {
    const whole = join(folder, 'whole.jsonl');
    const cut = join(folder, 'cut.jsonl');
    await toolgrove(chat(await serve(well()), '--concurrency', '2', '--out', whole));
    let stop: () => void = () => undefined;
    const slow = await serve((heard, nth) => {
      if (nth === 30) stop();
      return well(20)(heard);
    });
    const ran = await toolgrove(chat(slow, '--concurrency', '2', '--out', cut), {
      started: (child) => {
        stop = () => child.kill('SIGINT');
      },
    });
    expect(ran.code).toBe(130);
    const kept = resultsOf(cut).episodes.length;
    expect(ran.err).toContain(`stopped: ${kept} episodes are finished; --resume goes on with them`);
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(8);
    const rest = await serve(well());
    const resumed = await toolgrove(chat(rest, '--resume', '--out', cut));
    expect(resumed.code).toBe(0);
    expect(readFileSync(cut, 'utf8')).toBe(readFileSync(whole, 'utf8'));
    expect(rest.heard.length).toBeLessThan(60);
  });

  it.each<[string, ChatOptions, readonly string[]]>([
    ['chat', { baseUrl: 'http://127.0.0.1:8000/v1', model: 'm' }, []],
    [
      'chat',
      {},
      ['--base-url: is missing: the endpoint to ask', '--model: is missing: the model to ask for'],
    ],
    ['chat', { baseUrl: 'localhost', model: 'm' }, ['--base-url: is no http or https address']],
    ['chat', { baseUrl: 'file:///etc/passwd', model: 'm' }, ['--base-url: is no http or https address']],
    [
      'chat',
      { baseUrl: 'http://me:secret@host/', model: 'm' },
      ['--base-url: holds a password; a key comes by --api-key-env'],
    ],
    [
      'chat',
      { baseUrl: 'https://host/', model: 'm', apiKeyEnv: 'NO_SUCH_KEY' },
      ["--api-key-env: the environment variable 'NO_SUCH_KEY' is not set"],
    ],
    [
      'null',
      { model: 'm', timeout: 3 },
      ['--model: is for --agent chat alone', '--timeout: is for --agent chat alone'],
    ],
  ])('for %s takes %j or says what is wrong', (agent, options, problems) => {
    expect(checkChatOptions(agent, options).map((issue) => formatIssue(issue))).toEqual(problems);
  });

  it.each<[readonly string[], RegExp]>([
    [['--agent', 'chat'], /^--base-url: is missing: the endpoint to ask\n--model: is missing/],
    [['--agent', 'null', '--resume'], /^--resume: needs --out/],
    [['--agent', 'refuse', '--resume'], /^--resume: goes on with one agent, not a family$/],
  ])('%j is bad input', async (args, line) => {
    const ran = await toolgrove(['eval', '--benchmark', benchmark, ...args]);
    expect(linesOf(ran).join('\n')).toMatch(line);
    expect(ran.code).toBe(2);
  });

  it('does not go on with the results of another agent, seed or benchmark', async () => {
    const out = join(folder, 'null.jsonl');
    const common = ['eval', '--benchmark', benchmark, '--out', out];
    await toolgrove([...common, '--agent', 'null', '--runs', '2']);
    const other = await toolgrove([...common, '--agent', 'random', '--seed', '8', '--resume']);
    expect(linesOf(other)).toEqual([
      `${out}:1 agent: is 'null', and 'random' was asked for`,
      `${out}:1 seed: is '7', and '8' was asked for`,
      `${out}:1 runs: is 2, and only 1 were asked for`,
    ]);
    expect(other.code).toBe(2);
    const fewer = writeBenchmark('fewer.jsonl', { ...domain, tasks: domain.tasks.slice(1) });
    const elsewhere = [
      'eval',
      '--benchmark',
      fewer,
      '--out',
      out,
      '--agent',
      'null',
      '--runs',
      '2',
      '--resume',
    ];
    expect(linesOf(await toolgrove(elsewhere))[0]).toMatch(/:2 task: '.*' is not among the tasks given$/);
    const same = await toolgrove([...common, '--agent', 'null', '--runs', '2', '--resume', '--json']);
    expect(JSON.parse(same.out)).toMatchObject({ episodes: 16 });
  });
});

describe('regrade', () => {
  const regrade = (results: string, ...more: readonly string[]): Promise<Ran> =>
    toolgrove(['regrade', results, '--benchmark', benchmark, ...more]);

  it('writes the same file where nothing changed, and scores nothing that does not fit', async () => {
    const out = join(folder, 'random.jsonl');
    await toolgrove(['eval', '--benchmark', benchmark, '--agent', 'random', '--runs', '3', '--out', out]);
    const again = join(folder, 'again.jsonl');
    const ran = await regrade(out, '--out', again);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/^0 of 24 grades changed$/m);
    expect(readFileSync(again, 'utf8')).toBe(readFileSync(out, 'utf8'));

    const edited = join(folder, 'edited.jsonl');
    writeFileSync(edited, readFileSync(out, 'utf8').replace('"type":"refusal"', '"type":"user","acts":[]'));
    const refused = await regrade(edited, '--out', join(folder, 'none.jsonl'));
    expect(refused.code).toBe(2);
    expect(linesOf(refused).every((line) => line.startsWith(`${edited}:`))).toBe(true);
    expect(existsSync(join(folder, 'none.jsonl'))).toBe(false);
  });

  it('lists grades that changed', async () => {
    const out = join(folder, 'oracle.jsonl');
    await toolgrove(['eval', '--benchmark', benchmark, '--agent', 'oracle', '--out', out]);
    const [rule, ...rules] = domain.emitted.talkPolicies.map((policy) =>
      policy.kind === 'verify' ? { ...policy, finds: ['find_locker_by_label'] } : policy,
    );
    const strict = {
      ...domain,
      emitted: { ...domain.emitted, talkPolicies: [...rules, ...(rule === undefined ? [] : [rule])] },
    };
    const other = writeBenchmark('strict.jsonl', rehashed(strict));
    const ran = await toolgrove(['regrade', out, '--benchmark', other]);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(
      /^line \d+ bike-lockers-do-\w+ run 0: solved → failed; outcome 1 → 0; .*policy 1 → 0/m,
    );
    expect(ran.out).toMatch(/violates \w+@\d+ \(before: nothing\)/);
    expect(ran.out).toMatch(/^\d of 8 grades changed$/m);
  });
});

function rehashed(of: BenchmarkDomain): BenchmarkDomain {
  const hash = hashEmitted(of.emitted);
  return {
    ...of,
    emitted: { ...of.emitted, hash },
    tasks: of.tasks.map((task) => ({ ...task, domain: hash })),
  };
}

describe('check-env', () => {
  it('prints a line a check, all of which hold', async () => {
    const ran = await toolgrove(['check-env', '--benchmark', benchmark, '--tasks', '3']);
    expect(ran.code).toBe(0);
    const lines = ran.out.split('\n').filter((line) => line.startsWith('bike-lockers'));
    expect(lines).toHaveLength(checkNames.length);
    for (const line of lines) expect(line).toMatch(/^bike-lockers +[\w-]+ +holds +[\d,]+$/);
  });

  it('exits 1 and names the check where one does not hold', async () => {
    const tools = domain.emitted.compiled['tools.js'] ?? '';
    const writing = tools.replace(
      '    return ok(rider);',
      '    return ok(db.riders.put({ ...rider, name: `${rider.name}!` }));',
    );
    expect(writing).not.toBe(tools);
    const emitted = { ...domain.emitted, compiled: { ...domain.emitted.compiled, 'tools.js': writing } };
    const path = writeBenchmark('writing.jsonl', { ...domain, emitted });
    const ran = await toolgrove(['check-env', '--benchmark', path, '--tasks', '3']);
    expect(ran.code).toBe(1);
    expect(ran.err).toMatch(/^bike-lockers reads-are-pure: .* reads changed the state$/m);
    expect(ran.out).toMatch(/reads-are-pure +FAILS/);
  });
});
