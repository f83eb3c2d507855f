// A generated folder as values, and back. index.json names every file by its hash, so that a
// folder edited by hand is noticed; nothing in it depends on time, machine or place.
import type { EmittedDomain, ToolManifest } from '../emit/emitted-domain.js';
import { formats } from '../core/format.js';
import { hashText } from '../core/hash.js';
import type { JsonObject } from '../core/json.js';
import type { Audit } from '../certify/audit/audit.js';
import type { Domain } from '../spec/model.js';
import type { Task } from '../task/task.js';
import { writeCases, type Case } from '../verify/case.js';
import type { ValidationReport } from '../verify/report.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import { sealIndex } from './edits.js';
import type { ToolGraph } from '../graph/tool-graph.js';

/** What a generated folder holds, read and checked. */
export interface DomainFolder {
  readonly seed: string;
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly graph: ToolGraph;
  readonly state: GuestState;
  readonly procedures: readonly Case[];
  readonly report: ValidationReport;
  readonly reportText: string;
  readonly tasks: readonly Task[];
  /** Why composed tasks were not published, counted. */
  readonly rejected: Readonly<Record<string, number>>;
  /** The grader's error rates on these tasks; null in a folder made before there was an audit. */
  readonly audit: Audit | null;
}

/** The files of a folder, in the order in which they are written: index.json last. */
export function folderFiles(folder: DomainFolder): Map<string, string> {
  const { emitted } = folder;
  const files = new Map<string, string>([
    ['spec.json', json(folder.domain.spec)],
    ...Object.entries(emitted.files),
    ...Object.entries(emitted.compiled).map(([name, text]) => [`guest/${name}`, text] as const),
    ['domain.json', json(describeDomain(emitted))],
    ['manifest.json', json(emitted.manifest.map(toOpenAi))],
    ['policy.md', emitted.policyText],
    ['graph.json', json(folder.graph)],
    ['state.json', json({ format: formats.state, ...folder.state })],
    ['procedures.jsonl', writeCases(folder.procedures)],
    ['report.json', json(reportJson(folder))],
    ['report.md', folder.reportText],
    ['tasks.jsonl', lines(folder.tasks)],
  ]);
  const hashes = Object.fromEntries([...files].map(([name, text]) => [name, hashText(text)]));
  files.set(
    'index.json',
    json(
      sealIndex({
        format: formats.index,
        id: emitted.id,
        title: emitted.title,
        seed: folder.seed,
        domain: emitted.hash,
        admitted: folder.report.admitted,
        level: folder.report.level,
        tasks: { published: folder.tasks.length, rejected: folder.rejected },
        formats,
        files: hashes,
      }),
    ),
  );
  return files;
}

/** The validation, and what became of the tasks. */
function reportJson({ report, tasks, rejected, audit }: DomainFolder): unknown {
  if (audit === null) return report;
  return { ...report, tasks: { published: tasks.length, rejected }, audit };
}

function describeDomain(emitted: EmittedDomain): unknown {
  const { files: _f, compiled: _c, manifest: _m, policyText: _p, hash: _h, ...rest } = emitted;
  return rest;
}

function toOpenAi(tool: ToolManifest): JsonObject {
  const { name, description, parameters, effect, side } = tool;
  return {
    type: 'function',
    function: { name, description, parameters },
    'x-effect': effect,
    'x-side': side,
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function lines(values: readonly unknown[]): string {
  return values.map((value) => `${JSON.stringify(value)}\n`).join('');
}
