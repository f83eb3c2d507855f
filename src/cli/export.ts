// toolgrove export: generated domains → one benchmark file.
import { Command, Option } from 'commander';
import { benchmarkLines, selectSplit, type Split } from '../bench/record.js';
import { BadInput } from '../core/errors.js';
import { readDomainFolders } from '../pipeline/find-folders.js';
import { writeFileWhole } from '../pipeline/write-folder.js';
import { DidNotHold } from './exit.js';
import { requirePlace } from './eval.js';
import type { Run } from './run.js';
import { forceOption, splitOption } from './options.js';

interface ExportOptions {
  readonly out: string;
  readonly split: Split;
  readonly force: boolean;
}

export function exportVerb({ terminal }: Run): Command {
  return new Command('export')
    .description('write tasks and their domains as one benchmark file')
    .argument('<folders...>', "domains' folders, or folders of domains")
    .addOption(new Option('--format <format>', 'file format').choices(['jsonl']).default('jsonl'))
    .addOption(splitOption('all'))
    .addOption(forceOption())
    .option('--out <file>', 'the file to write', 'bench.jsonl')
    .action(async (paths: string[], options: ExportOptions) => {
      requirePlace(options.out, 'benchmark');
      const folders = await readDomainFolders(paths, options.force);
      const refused = folders.filter(
        ({ report }) => !report.admitted || (report.level !== 'full' && !options.force),
      );
      for (const { path, report } of refused) {
        const why = report.admitted
          ? 'was verified at a sampled level only (--force exports it)'
          : 'was not admitted';
        terminal.note(`${path}: ${why}; nothing is exported`);
      }
      if (refused.length > 0) {
        terminal.json({ out: null, split: options.split, domains: 0, tasks: 0, bytes: 0 });
        throw new DidNotHold();
      }
      const tasks = folders.reduce((total, { tasks }) => total + selectSplit(tasks, options.split).length, 0);
      if (tasks === 0) throw new BadInput([{ path: '', message: `no tasks in split '${options.split}'` }]);
      const text = [...benchmarkLines(folders, options.split)].map((line) => `${line}\n`).join('');
      await writeFileWhole(options.out, text);
      const made = `${counted(tasks, 'task')} of ${counted(folders.length, 'domain')}`;
      terminal.print(`${options.out}: ${made}, ${Math.ceil(text.length / 1024)} KB`);
      terminal.json({
        out: options.out,
        split: options.split,
        domains: folders.length,
        tasks,
        bytes: Buffer.byteLength(text),
      });
    });
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
