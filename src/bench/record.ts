// Benchmark JSONL: one header line, a line a domain, a line a task. The file alone is enough to
// play and grade. Every line carries the hash of the rest of it, so that a cut or edited line is
// noticed where it stands.
import { checkFormat, formats } from '../core/format.js';
import { hashJson } from '../core/hash.js';
import { isObject, type JsonObject } from '../core/json.js';
import { parseLine } from './json-line.js';
import { hashEmitted } from '../emit/emit.js';
import { fail, ok, type Issue, type Result } from '../core/result.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { checkSpec } from '../spec/check.js';
import type { DomainSpec } from '../spec/domain.js';
import type { Domain } from '../spec/model.js';
import type { Audit } from '../certify/audit/audit.js';
import type { Task } from '../task/task.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import { checkRecord } from './schema.js';

/** A domain with its tasks: what an evaluation needs. */
export interface BenchmarkDomain {
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
  readonly tasks: readonly Task[];
  /** The grader's error rates on the domain's tasks, of both splits; null where none were measured. */
  readonly audit?: Audit | null;
}

export type Split = 'train' | 'test' | 'all';

interface DomainRecord {
  readonly record: 'domain';
  readonly spec: DomainSpec;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
  readonly audit?: Audit;
}

type TaskRecord = { readonly record: 'task' } & Task;

/** The lines of a benchmark, each without its line break. */
export function* benchmarkLines(domains: readonly BenchmarkDomain[], split: Split): Generator<string> {
  const chosen = domains.map((domain) => ({ ...domain, tasks: selectSplit(domain.tasks, split) }));
  const tasks = chosen.reduce((total, domain) => total + domain.tasks.length, 0);
  yield line({ record: 'header', format: formats.benchmark, split, domains: domains.length, tasks });
  for (const { domain, emitted, state, audit } of chosen) {
    const audited = audit ? { audit } : {};
    yield line({ record: 'domain', spec: domain.spec, emitted, state, ...audited } satisfies DomainRecord);
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
  const [first = ''] = text.split('\n', 1);
  const header = readHeader(first);
  if (!header.ok) return header;
  const issues: Issue[] = [];
  const records: { readonly line: number; readonly value: JsonObject }[] = [];
  for (const [index, source] of text.split('\n').entries()) {
    if (source === '') continue;
    const record = readLine(source);
    if (!record.ok) issues.push(...record.error.map((issue) => ({ ...issue, line: index + 1 })));
    else records.push({ line: index + 1, value: record.value });
  }

  const states = new Map<string, string>();
  const domains = new Map<string, Omit<BenchmarkDomain, 'tasks'> & { readonly tasks: Task[] }>();
  const ids = new Set<string>();
  for (const { line, value } of records) {
    if (value['record'] === 'header') {
      if (line !== 1) issues.push({ path: 'record', line, message: 'is a second header' });
    } else if (value['record'] === 'domain') {
      const { spec, emitted, state, audit = null } = value as unknown as DomainRecord;
      const checked = checkSpec(spec);
      states.set(emitted.hash, hashJson(state));
      if (domains.has(emitted.hash)) {
        issues.push({ path: 'emitted', line, message: `the domain '${emitted.id}' is in this file twice` });
      } else if (emitted.hash !== hashEmitted(emitted)) {
        issues.push({ path: 'emitted.hash', line, message: 'is not the hash of the domain' });
      } else if (checked.ok)
        domains.set(emitted.hash, { domain: checked.value, emitted, state, audit, tasks: [] });
      else issues.push(...checked.error.map((issue) => ({ ...issue, path: `spec.${issue.path}`, line })));
    } else {
      const { record: _, ...task } = value as unknown as TaskRecord;
      const domain = domains.get(task.domain);
      if (domain === undefined) {
        // Where a domain's line is broken, it is that line which is wrong, and not its tasks.
        if (domains.size === header.value.domains)
          issues.push({ path: 'domain', line, message: `no domain ${task.domain} in this file` });
      } else if (ids.has(task.id))
        issues.push({ path: 'id', line, message: `the task '${task.id}' is here twice` });
      else if (task.worlds.agent !== states.get(task.domain))
        issues.push({ path: 'worlds.agent', line, message: 'is not the seed state of its domain' });
      else domain.tasks.push(task);
      ids.add(task.id);
    }
  }
  for (const kind of ['domain', 'task'] as const) {
    const found = records.filter(({ value }) => value['record'] === kind).length;
    const said = header.value[`${kind}s`];
    if (found !== said) {
      issues.push({ path: '', message: `is not whole: ${found} of ${said} ${kind} lines can be read` });
    }
  }
  return issues.length === 0 ? ok([...domains.values()]) : fail(issues);
}

interface Header {
  readonly domains: number;
  readonly tasks: number;
}

/** The first line tells whether the others can be understood at all. */
function readHeader(source: string): Result<Header> {
  const first = (issues: readonly Issue[]): Result<Header> =>
    fail(issues.map((issue) => ({ ...issue, line: 1 })));
  const value = parseLine(source);
  if (!isObject(value) || value['record'] !== 'header') {
    return first([{ path: '', message: 'is not a benchmark: the header line is missing' }]);
  }
  const format = checkFormat(value, 'benchmark');
  if (!format.ok) return first(format.error);
  const record = readLine(source);
  return record.ok ? ok(record.value as unknown as Header) : first(record.error);
}

function line(record: object): string {
  return JSON.stringify({ ...record, hash: hashJson(record) });
}

/** The record without its hash, or what is wrong with the line. */
function readLine(source: string): Result<JsonObject> {
  const value = parseLine(source);
  if (value === undefined) return fail([{ path: '', message: 'is not JSON (a cut line?)' }]);
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
