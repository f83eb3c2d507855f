#!/usr/bin/env node
// The `toolgrove` command: one verb a file. Here are the options all verbs share, Ctrl-C, and the
// way from an error to an exit code.
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { certifyVerb } from './certify.js';
import { checkEnvVerb } from './check-env.js';
import { evalVerb } from './eval.js';
import { exitFor } from './exit.js';
import { explainVerb } from './explain.js';
import { exportVerb } from './export.js';
import { generateVerb } from './generate.js';
import { graphVerb } from './graph.js';
import { seedOption } from './options.js';
import { playVerb } from './play.js';
import { regradeVerb } from './regrade.js';
import { schemaVerb } from './schema.js';
import { startVerb } from './start.js';
import type { Run } from './run.js';
import { createTerminal } from './terminal.js';
import { verifyVerb } from './verify.js';

const verbs = [
  startVerb,
  generateVerb,
  verifyVerb,
  certifyVerb,
  graphVerb,
  playVerb,
  evalVerb,
  exportVerb,
  explainVerb,
  regradeVerb,
  checkEnvVerb,
  schemaVerb,
];

const exitCodes = `
Exit codes:
  0 done; 1 what was checked did not hold; 2 bad input; 3 the machine failed; 130 interrupted`;

async function main(argv: readonly string[]): Promise<void> {
  const abort = new AbortController();
  const interrupt = (): void => {
    if (abort.signal.aborted) process.exit(130);
    abort.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  // A reader that went away (`toolgrove start | head`) is no reason to leave the work half done.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') process.exit(3);
    });
  }

  const terminal = createTerminal(argv.includes('--json'));
  const run: Run = { terminal, signal: abort.signal };
  const program = new Command('toolgrove')
    .description('Grows proven worlds for tool-using agents, composes verifiable tasks, exports benchmarks.')
    .version(version(), '--version', 'print the version')
    .configureOutput({ outputError: (text, write) => write(`${oneLine(text)}\n`) })
    .addHelpText('after', exitCodes)
    // Options behind `certify audit` are its own, though certify has some of the same name.
    .enablePositionalOptions()
    .exitOverride();
  for (const verb of verbs) {
    const command = verb(run);
    if (!command.options.some(({ long }) => long === '--seed')) command.addOption(seedOption().default('7'));
    for (const one of [command, ...command.commands]) {
      one
        .option('--json', 'one JSON object on standard output')
        .exitOverride()
        .copyInheritedSettings(program);
    }
    program.addCommand(command);
  }
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    terminal.clear();
    const exit = exitFor(error, abort.signal.aborted);
    for (const line of exit.lines) process.stderr.write(`${line}\n`);
    process.exitCode = exit.code;
  }
  if (abort.signal.aborted) process.exitCode = 130;
}

/** Commander's message, its suggestion on the same line. */
function oneLine(text: string): string {
  const line = text
    .replace(/^error: /, '')
    .trim()
    .replace(/\n\(Did/, ' (did')
    .replaceAll(/\s+/g, ' ');
  const verbless = line.startsWith('unknown command') && !line.includes('(did');
  return verbless ? `${line} (toolgrove --help lists them)` : line;
}

function version(): string {
  const file = new URL('../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

await main(process.argv.slice(2));
