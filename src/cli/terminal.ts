// What a verb says: one JSON object on standard output with --json, text otherwise; progress on
// standard error: one redrawn line on a terminal, a plain line every few seconds elsewhere.
import type { OnProgress, Progress } from '../core/progress.js';

export interface Terminal {
  readonly onProgress: OnProgress;
  /** A line of text for people; nothing with --json. */
  print(line: string): void;
  /** A line of a conversation: to be read also with --json, and then on standard error. */
  talk(line: string): void;
  /** A note on standard error, with or without --json. */
  note(line: string): void;
  /** The object that --json prints; nothing without it. */
  json(value: unknown): void;
  /** Takes the progress line away. */
  clear(): void;
}

const plainEveryMs = 5000;
const redrawEveryMs = 80;

export function createTerminal(json: boolean): Terminal {
  const drawn = process.stderr.isTTY;
  let phase = '';
  let phaseStarted = 0;
  let last = 0;
  let onScreen = false;

  const clear = (): void => {
    if (onScreen) process.stderr.write('\r\u001b[2K');
    onScreen = false;
  };
  return {
    onProgress(progress) {
      const now = performance.now();
      const name = `${progress.subject} ${progress.phase}`;
      const fresh = name !== phase;
      if (fresh) [phase, phaseStarted] = [name, now];
      if (!fresh && now - last < (drawn ? redrawEveryMs : plainEveryMs)) return;
      last = now;
      const line = describe(progress, (now - phaseStarted) / 1000, drawn);
      if (drawn) process.stderr.write(`\r\u001b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      else process.stderr.write(`${line}\n`);
      onScreen = drawn;
    },
    print(line) {
      clear();
      if (!json) process.stdout.write(`${line}\n`);
    },
    talk(line) {
      clear();
      (json ? process.stderr : process.stdout).write(`${line}\n`);
    },
    note(line) {
      clear();
      process.stderr.write(`${line}\n`);
    },
    json(value) {
      clear();
      if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    clear,
  };
}

function describe({ subject, phase, done, total }: Progress, seconds: number, bar: boolean): string {
  const head = `${subject} · ${phase}`;
  if (total === 0) return done === 0 ? head : `${head} ${done.toLocaleString('en')}`;
  const share = Math.min(1, done / total);
  const count = `${done.toLocaleString('en')}/${total.toLocaleString('en')}`;
  const left =
    done > 0 && done < total && seconds > 1
      ? ` · ${Math.ceil((seconds / done) * (total - done))} s left`
      : '';
  const width = 24;
  const filled = Math.round(share * width);
  const drawing = bar ? ` ${'█'.repeat(filled)}${'░'.repeat(width - filled)}` : '';
  return `${head}${drawing} ${count}${left}`;
}

/** Rows as an aligned table: text to the left, numbers to the right. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const numeric = head.map((_, column) => rows.every((row) => /^[-\d.,%–/ ]*$/.test(row[column] ?? '')));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        numeric[column] === true ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}

export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)}%`;
}
