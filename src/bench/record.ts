// Benchmark JSONL: one header line, a line a domain, a line a task. The file alone is enough to
// play and grade. Every line carries the hash of the rest of it, so that a cut or edited line is
// noticed where it stands.
import { checkFormat, formats } from '../core/format.js';
import { hashJson } from '../core/hash.js';
import { isObject, type Json, type JsonObject } from '../core/json.js';
import { fail, ok, type Issue, type Result } from '../core/result.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { checkSpec } from '../spec/check.js';
import type { DomainSpec } from '../spec/domain.js';
import type { Domain } from '../spec/model.js';
import type { Task } from '../task/task.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import { checkRecord } from './schema.js';

/** A domain with its tasks: what an evaluation needs. */
export interface BenchmarkDomain {
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
  readonly tasks: readonly Task[];
}

export type Split = 'train' | 'test' | 'all';

interface DomainRecord {
  readonly record: 'domain';
  readonly spec: DomainSpec;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
}

type TaskRecord = { readonly record: 'task' } & Task;

/** The lines of a benchmark, each without its line break. */
export function* benchmarkLines(domains: readonly BenchmarkDomain[], split: Split): Generator<string> {
  const chosen = domains.map((domain) => ({ ...domain, tasks: selectSplit(domain.tasks, split) }));
  const tasks = chosen.reduce((total, domain) => total + domain.tasks.length, 0);
  yield line({ record: 'header', format: formats.benchmark, split, domains: domains.length, tasks });
  for (const { domain, emitted, state } of chosen) {
    yield line({ record: 'domain', spec: domain.spec, emitted, state } satisfies DomainRecord);
  }
  for (const { tasks } of chosen) {
    for (const task of tasks) yield line({ record: 'task', ...task } satisfies TaskRecord);
  }
}

export function selectSplit(tasks: readonly Task[], split: Split): readonly Task[] {
  return split === 'all' ? tasks : tasks.filter((task) => task.split === split);
}

/** Reads a benchmark; every bad line is an issue with its number. */
export function readBenchmark(text: string): Result<readonly BenchmarkDomain[]> {
  const issues: Issue[] = [];
  const records: { readonly line: number; readonly value: JsonObject }[] = [];
  for (const [index, source] of text.split('\n').entries()) {
    if (source === '') continue;
    const record = readLine(source);
    if (!record.ok) issues.push(...record.error.map((issue) => ({ ...issue, line: index + 1 })));
    else records.push({ line: index + 1, value: record.value });
  }
  const header = records[0]?.value;
  if (header === undefined || header['record'] !== 'header') {
    return fail([
      { path: '', line: 1, message: 'is not a benchmark: the header line is missing' },
      ...issues,
    ]);
  }
  const format = checkFormat(header, 'benchmark');
  if (!format.ok) issues.push(...format.error.map((issue) => ({ ...issue, line: 1 })));

  const domains = new Map<string, Omit<BenchmarkDomain, 'tasks'> & { readonly tasks: Task[] }>();
  for (const { line, value } of records.slice(1)) {
    if (value['record'] === 'domain') {
      const { spec, emitted, state } = value as unknown as DomainRecord;
      const checked = checkSpec(spec);
      if (checked.ok) domains.set(emitted.hash, { domain: checked.value, emitted, state, tasks: [] });
      else issues.push(...checked.error.map((issue) => ({ ...issue, path: `spec.${issue.path}`, line })));
    } else if (value['record'] === 'task') {
      const { record: _, ...task } = value as unknown as TaskRecord;
      const domain = domains.get(task.domain);
      if (domain === undefined)
        issues.push({ path: 'domain', line, message: `no domain ${task.domain} in this file` });
      else domain.tasks.push(task);
    }
  }
  const found = records.filter(({ value }) => value['record'] === 'task').length;
  if (typeof header['tasks'] === 'number' && found !== header['tasks']) {
    issues.push({ path: '', message: `is cut short: ${found} of ${header['tasks']} tasks are here` });
  }
  return issues.length === 0 ? ok([...domains.values()]) : fail(issues);
}

function line(record: object): string {
  return JSON.stringify({ ...record, hash: hashJson(record) });
}

/** The record without its hash, or what is wrong with the line. */
function readLine(source: string): Result<JsonObject> {
  let value: Json;
  try {
    value = JSON.parse(source) as Json;
  } catch {
    return fail([{ path: '', message: 'is not JSON (a cut line?)' }]);
  }
  const kind = isObject(value) ? value['record'] : undefined;
  if (!isObject(value) || (kind !== 'header' && kind !== 'domain' && kind !== 'task')) {
    return fail([{ path: 'record', message: "is not 'header', 'domain' or 'task'" }]);
  }
  const { hash, ...record } = value;
  if (hash !== hashJson(record))
    return fail([{ path: 'hash', message: 'does not fit: the line was changed' }]);
  const problems = checkRecord[kind](value);
  return problems.length === 0 ? ok(record) : fail(problems);
}
