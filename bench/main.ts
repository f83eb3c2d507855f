// `npm run bench -- <name> [file …] [--json]`: runs one benchmark. Rows appear as they are done; with
// --json one object goes to standard output and the rows to standard error.
import { closest } from 'fastest-levenshtein';
import { machineLine, type Bench, type BenchRow, type BenchRun } from './harness.js';

const benches: Readonly<Record<string, () => Promise<BenchRun>>> = {
  sandbox: async () => (await import('./sandbox.js')).benchSandbox,
  environment: async () => (await import('./environment.js')).benchEnvironment,
  compose: async () => (await import('./compose.js')).benchCompose,
  pipeline: async () => (await import('./pipeline.js')).benchPipeline,
  reader: async () => (await import('./reader.js')).benchReader,
  certify: async () => (await import('./certify.js')).benchCertify,
};
/** Those that can be given files. */
const readers: ReadonlySet<string> = new Set(['reader']);

async function main(args: readonly string[]): Promise<number> {
  const names = Object.keys(benches);
  const flag = args.find((arg) => arg.startsWith('-') && arg !== '--json');
  const [name, ...files] = args.filter((arg) => !arg.startsWith('-'));
  const [extra] = readers.has(name ?? '') ? [] : files;
  const load = name === undefined || !Object.hasOwn(benches, name) ? undefined : benches[name];
  if (flag !== undefined) return complain(`unknown option '${flag}' (did you mean '--json'?)`);
  if (extra !== undefined) return complain(`one benchmark at a time, not '${extra}' as well`);
  if (name === undefined) return complain(`which one? ${names.join(', ')}`);
  if (load === undefined) return complain(`no benchmark '${name}' (did you mean '${closest(name, names)}'?)`);

  const isJson = args.includes('--json');
  const machine = machineLine();
  const lines = isJson ? process.stderr : process.stdout;
  lines.write(`${name} on ${machine}\n`);
  const rows: BenchRow[] = [];
  await (
    await load()
  )((row) => {
    rows.push(row);
    lines.write(`${formatRow(row)}\n`);
  }, files);
  const bench: Bench = { name, machine, rows };
  if (isJson) process.stdout.write(`${JSON.stringify(bench)}\n`);
  return 0;
}

function formatRow({ what, median, unit, runs, of, against, ratio }: BenchRow): string {
  const digits = median >= 100 ? 0 : median >= 10 ? 1 : 2;
  const value = median.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits });
  const compared = ratio === null || against === null ? '' : `  ${ratio.toFixed(2)} × ${against}`;
  return `  ${what.padEnd(40)} ${`${value} ${unit}`.padStart(18)}${compared}  (${of ?? `median of ${runs}`})`;
}

function complain(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

process.exitCode = await main(process.argv.slice(2));
