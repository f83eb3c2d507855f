// Reads a generated folder back, and says all that is wrong with it at once.
import { compileModules } from '../emit/compile.js';
import type { EmittedDomain, ToolManifest } from '../emit/emitted-domain.js';
import { hashEmitted } from '../emit/emit.js';
import { checkFormat } from '../core/format.js';
import { hashText } from '../core/hash.js';
import { isObject, type Json, type JsonObject } from '../core/json.js';
import { fail, ok, type Issue, type Result } from '../core/result.js';
import { checkSpec } from '../spec/check.js';
import { TaskSchema } from '../task/schema.js';
import { formChecker } from '../spec/form.js';
import type { Task } from '../task/task.js';
import type { ToolGraph } from '../graph/tool-graph.js';
import type { Case } from '../verify/case.js';
import type { ValidationReport } from '../verify/report.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import type { DomainFolder } from './folder.js';

const checkTask = formChecker(TaskSchema);

/**
 * Reads the files back. Every problem is returned at once: a missing file, an unknown format, text
 * that is not JSON, and (unless `force`) a file whose hash is not the one in index.json.
 */
export function readFolderFiles(
  read: (name: string) => string | undefined,
  force: boolean,
): Result<DomainFolder> {
  const issues: Issue[] = [];
  const text = (name: string): string => {
    const found = read(name);
    if (found === undefined) issues.push({ path: name, message: 'is missing' });
    return found ?? '';
  };
  const parsed = (name: string): Json => {
    const source = text(name);
    try {
      return source === '' ? null : (JSON.parse(source) as Json);
    } catch {
      issues.push({ path: name, message: 'is not JSON' });
      return null;
    }
  };
  const parsedLines = (name: string): Json[] =>
    text(name)
      .split('\n')
      .filter((line) => line !== '')
      .flatMap((line, number) => {
        try {
          return [JSON.parse(line) as Json];
        } catch {
          issues.push({ path: name, line: number + 1, message: 'is not JSON' });
          return [];
        }
      });

  const index = parsed('index.json');
  if (!isObject(index)) return fail(issues);
  const format = checkFormat(index, 'index');
  if (!format.ok) return fail(format.error.map((issue) => ({ ...issue, path: `index.json: ${issue.path}` })));
  const hashes = isObject(index['files']) ? index['files'] : {};
  const edited = Object.entries(hashes).filter(([name, hash]) => {
    const found = read(name);
    return found !== undefined && hashText(found) !== hash;
  });
  if (!force) {
    for (const [name] of edited) {
      issues.push({
        path: name,
        message: 'was changed since it was generated',
        hint: 'use --force to read it all the same',
      });
    }
  }

  const description = parsed('domain.json');
  const manifest = parsed('manifest.json');
  const state = parsed('state.json');
  const graph = parsed('graph.json');
  const report = parsed('report.json');
  const spec = checkSpec(parsed('spec.json'));
  if (!spec.ok) issues.push(...spec.error.map((issue) => ({ ...issue, path: `spec.json: ${issue.path}` })));
  const files = Object.fromEntries(['state.ts', 'tools.ts', 'guards.ts'].map((name) => [name, text(name)]));
  const procedures = parsedLines('procedures.jsonl');
  const tasks = parsedLines('tasks.jsonl');
  for (const [line, task] of tasks.entries()) {
    issues.push(
      ...checkTask(task).map((issue) => ({ ...issue, path: `tasks.jsonl: ${issue.path}`, line: line + 1 })),
    );
  }
  const policyText = text('policy.md');
  const reportText = text('report.md');
  const compiled = Object.fromEntries(
    ['state.js', 'tools.js', 'guards.js'].map((name) => [name, text(`guest/${name}`)]),
  );
  for (const [name, value, kind] of [
    ['domain.json', description, 'domain'],
    ['state.json', state, 'state'],
    ['report.json', report, 'report'],
  ] as const) {
    const known = checkFormat(value, kind);
    if (value !== null && !known.ok)
      issues.push(...known.error.map((issue) => ({ ...issue, path: `${name}: ${issue.path}` })));
  }
  if (issues.length > 0 || !spec.ok) return fail(issues);

  const sourcesEdited = edited.some(([name]) => name.endsWith('.ts'));
  const base = {
    ...(description as unknown as Omit<
      EmittedDomain,
      'files' | 'compiled' | 'manifest' | 'policyText' | 'hash'
    >),
    files,
    compiled: sourcesEdited ? compileModules(files) : compiled,
    manifest: (manifest as readonly JsonObject[]).map(fromOpenAi),
    policyText,
  };
  const { format: _, ...seedState } = state as JsonObject;
  return ok({
    seed: String(index['seed']),
    domain: spec.value,
    emitted: { ...base, hash: hashEmitted(base) },
    graph: graph as unknown as ToolGraph,
    state: seedState as unknown as GuestState,
    procedures: procedures.slice(1) as unknown as readonly Case[],
    report: report as unknown as ValidationReport,
    reportText,
    tasks: tasks as unknown as readonly Task[],
    rejected: ((index['tasks'] as JsonObject)['rejected'] ?? {}) as Record<string, number>,
  });
}

function fromOpenAi(entry: JsonObject): ToolManifest {
  const signature = entry['function'] as JsonObject;
  return {
    name: String(signature['name']),
    description: String(signature['description']),
    parameters: signature['parameters'] as JsonObject,
    effect: entry['x-effect'] as ToolManifest['effect'],
    side: entry['x-side'] as ToolManifest['side'],
  };
}
