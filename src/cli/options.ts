// Options that verbs share, and how their text becomes values.
import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';
import type { Split } from '../bench/record.js';

export function count(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= most)) {
      throw new InvalidArgumentError(`must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

function seedText(text: string): string {
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(text)) {
    throw new InvalidArgumentError('must be 1 to 64 letters, digits, dots, dashes or underscores.');
  }
  return text;
}

export function seedOption(about = 'where all randomness comes from'): Option {
  return new Option('--seed <seed>', about).argParser(seedText);
}

export function workersOption(): Option {
  return new Option('--workers <n>', 'worker threads')
    .argParser(count(1, 64))
    .default(availableParallelism(), 'one a core');
}

export function splitOption(fallback: Split): Option {
  return new Option('--split <split>', 'which tasks').choices(['train', 'test', 'all']).default(fallback);
}

export function levelOption(): Option {
  return new Option('--level <level>', 'how deeply to verify').choices(['full', 'sampled']).default('full');
}

export function replaceOption(): Option {
  return new Option('--force', 'replace folders that were edited by hand').default(false);
}

export function forceOption(): Option {
  return new Option('--force', 'read folders that were edited by hand').default(false);
}
