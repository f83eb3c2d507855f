// The domains that come with the program.
import { readFileSync } from 'node:fs';
import { readSpec } from '../../src/spec/read.js';
import { formatIssue } from '../../src/core/result.js';
import type { Domain } from '../../src/spec/model.js';

export function readDomain(name: string): Domain {
  const read = readSpec(readFileSync(new URL(`../../domains/${name}.yaml`, import.meta.url), 'utf8'));
  if (!read.ok) throw new Error(read.error.map((issue) => formatIssue(issue)).join('\n'));
  return read.value;
}
