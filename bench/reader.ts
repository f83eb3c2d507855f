// How well and how fast agents' messages are read: `npm run bench -- reader [corpus.jsonl …]`, by
// default over the development corpus. Misread lines go to standard error.
import { readFileSync, readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { readText, type ReadContext } from '../src/language/read-agent.js';
import type { EmittedDomain } from '../src/emit/emitted-domain.js';
import { corpusLines, isRight, type CorpusLine } from './corpus.js';
import { measure, type BenchRow, type BenchRun } from './harness.js';
import { loadSubject } from './workload.js';

const development = new URL('../../test/language/corpus/development/', import.meta.url);
const runs = 9;

export const benchReader: BenchRun = async (report, files) => {
  const lines = corpora(files).flatMap(({ name, text }) =>
    corpusLines(text).map((line) => ({ ...line, file: name })),
  );
  const domains = new Map<string, EmittedDomain>();
  for (const { domain } of lines) if (!domains.has(domain)) domains.set(domain, loadSubject(domain).emitted);
  const read = lines.map((line) => ({ line, context: contextOf(line, domains) }));
  const judged = read.map(({ line, context }) => {
    const heard = readText(line.text, context);
    const right = isRight(line, heard);
    if (!right) complain(line, JSON.stringify(heard));
    return { line, right };
  });
  const share = (what: string, of: readonly { readonly right: boolean }[]): void => {
    const right = of.filter(({ right }) => right).length;
    report({
      ...plainRow(what, (100 * right) / of.length, '% right'),
      runs: 1,
      of: `${right} of ${of.length} lines`,
    });
  };
  share('all', judged);
  for (const file of unique(lines.map((line) => line.file)))
    share(
      file,
      judged.filter(({ line }) => line.file === file),
    );
  for (const kind of ['ask', 'propose', 'tell', 'refuse', 'close', 'no act'])
    share(
      `with ${kind}`,
      judged.filter(({ line }) => kindsOf(line).includes(kind)),
    );
  for (const style of unique(lines.map((line) => line.style)))
    share(
      style,
      judged.filter(({ line }) => line.style === style),
    );
  const [micros = 0] = measure(
    [
      {
        operations: read.length,
        run: () => {
          for (const { line, context } of read) readText(line.text, context);
        },
      },
    ],
    runs,
  );
  report({ ...plainRow('reading a message', micros, 'µs'), runs });
};

function corpora(files: readonly string[]): readonly { readonly name: string; readonly text: string }[] {
  if (files.length > 0)
    return files.map((file) => ({ name: basename(file), text: readFileSync(file, 'utf8') }));
  return readdirSync(development)
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, development), 'utf8') }));
}

function contextOf(line: CorpusLine, domains: ReadonlyMap<string, EmittedDomain>): ReadContext {
  const domain = domains.get(line.domain) ?? loadSubject(line.domain).emitted;
  return { domain, seen: [line.context.seen ?? []], wishes: line.context.wishes ?? [] };
}

function kindsOf({ acts }: CorpusLine): readonly string[] {
  return acts.length === 0 ? ['no act'] : unique(acts.map(({ act }) => act));
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}

function plainRow(what: string, median: number, unit: string): Omit<BenchRow, 'runs'> {
  return { what, median, unit, against: null, ratio: null };
}

function complain(line: CorpusLine, heard: string): void {
  process.stderr.write(
    `${line.id} ${JSON.stringify(line.text)}\n  means ${JSON.stringify(line.acts)}\n  heard ${heard}\n`,
  );
}
