// Reads a generated folder back, and says all that is wrong with it at once.
import { compileModules } from '../emit/compile.js';
import type { EmittedDomain, ToolManifest } from '../emit/emitted-domain.js';
import { hashEmitted } from '../emit/emit.js';
import { typeCheck } from '../emit/type-check.js';
import { checkFormat, type FormatName } from '../core/format.js';
import type { Json, JsonObject } from '../core/json.js';
import { isObject } from '../core/json.js';
import { fail, ok, type Issue, type Result } from '../core/result.js';
import { checkSpec } from '../spec/check.js';
import { TaskSchema } from '../task/schema.js';
import { formChecker } from '../spec/form.js';
import type { Task } from '../task/task.js';
import type { Audit } from '../certify/audit/audit.js';
import type { ToolGraph } from '../graph/tool-graph.js';
import type { Case } from '../verify/case.js';
import type { ValidationReport } from '../verify/report.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import { findEdits, modulesIn, type ReadFile } from './edits.js';
import type { DomainFolder } from './folder.js';
import {
  CaseSchema,
  DescriptionSchema,
  GraphSchema,
  ManifestSchema,
  ReportSchema,
  StateFileSchema,
} from './forms.js';

type Check = (value: unknown) => readonly Issue[];

const checks = {
  'domain.json': formChecker(DescriptionSchema),
  'manifest.json': formChecker(ManifestSchema),
  'state.json': formChecker(StateFileSchema),
  'graph.json': formChecker(GraphSchema),
  'report.json': formChecker(ReportSchema),
  'procedures.jsonl': formChecker(CaseSchema),
  'tasks.jsonl': formChecker(TaskSchema),
} as const;

const formatOf: Readonly<Record<string, FormatName>> = {
  'domain.json': 'domain',
  'state.json': 'state',
  'graph.json': 'graph',
  'report.json': 'report',
};

/** A folder as read, and which of its files are not as they were generated. */
export type ReadDomainFolder = DomainFolder & { readonly edited: readonly string[] };

/**
 * Reads the files back. Every problem is returned at once: a missing file, an unknown format, text
 * that is not JSON or has not its form, and (unless `force`) a file that was edited. Code that was
 * edited must pass the type check, and is what runs; tasks are then tasks of the edited domain.
 */
export function readFolderFiles(read: ReadFile, force: boolean): Result<ReadDomainFolder> {
  const issues: Issue[] = [];
  const text = textReader(read, issues);
  const index = parse('index.json', text('index.json'), issues);
  if (!isObject(index)) return fail(atLeast(issues, 'index.json'));
  const format = checkFormat(index, 'index');
  if (!format.ok) return fail(inFile('index.json', format.error));
  if (typeof index['seed'] !== 'string') issues.push({ path: 'index.json', message: 'names no seed' });
  const edited = findEdits(index, read);
  if (edited.length > 0 && !force) {
    const hint = 'use --force to read it all the same';
    issues.push(...edited.map((path) => ({ path, message: 'was changed since it was generated', hint })));
  }

  const document = (name: keyof typeof checks): Json => {
    const source = text(name);
    if (source === undefined) return null;
    const before = issues.length;
    const value = parse(name, source, issues);
    if (issues.length > before) return null;
    const kind = formatOf[name];
    const known = kind === undefined ? ok(true) : checkFormat(value, kind);
    issues.push(...inFile(name, known.ok ? checks[name](value) : known.error));
    return value;
  };
  const description = document('domain.json');
  const manifest = document('manifest.json');
  const state = document('state.json');
  const graph = document('graph.json');
  const report = document('report.json');
  const specText = text('spec.json');
  const before = issues.length;
  const specValue = specText === undefined ? null : parse('spec.json', specText, issues);
  const spec = specText === undefined || issues.length > before ? null : checkSpec(specValue);
  if (spec !== null && !spec.ok) issues.push(...inFile('spec.json', spec.error));
  const procedures = readLines('procedures.jsonl', text('procedures.jsonl'), 1, issues);
  const tasks = readLines('tasks.jsonl', text('tasks.jsonl'), 0, issues);
  const texts = (names: readonly string[], folder: string): Record<string, string> =>
    Object.fromEntries(names.map((name) => [name, text(`${folder}${name}`) ?? '']));
  const modules = modulesIn(index);
  const files = texts(
    modules.map((name) => `${name}.ts`),
    '',
  );
  const compiled = texts(
    modules.map((name) => `${name}.js`),
    'guest/',
  );
  const policyText = text('policy.md') ?? '';
  const reportText = text('report.md') ?? '';
  const codeEdited = edited.some((name) => name.endsWith('.ts'));
  if (issues.length === 0 && codeEdited) {
    issues.push(
      ...typeCheck(files).map(({ path, line, message }) => ({ path: `${path}:${line ?? 1}`, message })),
    );
  }
  if (issues.length > 0 || spec === null || !spec.ok) return fail(atLeast(issues, 'spec.json'));

  const base = {
    ...(description as unknown as Omit<
      EmittedDomain,
      'files' | 'compiled' | 'manifest' | 'policyText' | 'hash'
    >),
    files,
    compiled: codeEdited ? compileModules(files) : compiled,
    manifest: (manifest as readonly JsonObject[]).map(fromOpenAi),
    policyText,
  };
  const hash = hashEmitted(base);
  const { format: _, ...seedState } = state as JsonObject;
  const { audit = null, tasks: _t, ...validation } = report as JsonObject;
  const counts = isObject(index['tasks']) ? index['tasks'] : {};
  return ok({
    seed: index['seed'] as string,
    domain: spec.value,
    emitted: { ...base, hash },
    graph: graph as unknown as ToolGraph,
    state: seedState as unknown as GuestState,
    procedures: procedures as unknown as readonly Case[],
    report: validation as unknown as ValidationReport,
    reportText,
    tasks: (tasks as unknown as readonly Task[]).map((task) => ({ ...task, domain: hash })),
    rejected: (counts['rejected'] ?? {}) as Record<string, number>,
    audit: audit as unknown as Audit | null,
    edited,
  });
}

function textReader(read: ReadFile, issues: Issue[]): ReadFile {
  return (name) => {
    const found = read(name);
    if (found === undefined) issues.push({ path: name, message: 'is missing' });
    return found;
  };
}

function parse(name: string, source: string | undefined, issues: Issue[], line?: number): Json {
  if (source === undefined) return null;
  try {
    return JSON.parse(source) as Json;
  } catch {
    issues.push({ path: line === undefined ? name : `${name}:${line}`, message: 'is not JSON' });
    return null;
  }
}

/** The values of a JSONL file after its first `skip` lines, checked. */
function readLines(
  name: 'procedures.jsonl' | 'tasks.jsonl',
  source: string | undefined,
  skip: number,
  issues: Issue[],
): readonly Json[] {
  const check: Check = checks[name];
  return (source ?? '').split('\n').flatMap((line, index) => {
    if (line === '' || index < skip) return [];
    const before = issues.length;
    const value = parse(name, line, issues, index + 1);
    if (issues.length === before) issues.push(...inFile(name, check(value), index + 1));
    return [value];
  });
}

function inFile(name: string, issues: readonly Issue[], line?: number): readonly Issue[] {
  const place = line === undefined ? name : `${name}:${line}`;
  return issues.map((issue) => ({ ...issue, path: issue.path === '' ? place : `${place} ${issue.path}` }));
}

function atLeast(issues: readonly Issue[], name: string): readonly Issue[] {
  return issues.length > 0 ? issues : [{ path: name, message: 'is not readable' }];
}

function fromOpenAi(entry: JsonObject): ToolManifest {
  const signature = entry['function'] as JsonObject;
  return {
    name: signature['name'] as string,
    description: signature['description'] as string,
    parameters: signature['parameters'] as JsonObject,
    effect: entry['x-effect'] as ToolManifest['effect'],
    side: entry['x-side'] as ToolManifest['side'],
  };
}
