// Results JSONL: a header line with the figures, then a line an episode with its whole trajectory.
import { Type } from 'typebox';
import { checkFormat, formats } from '../core/format.js';
import { isObject } from '../core/json.js';
import { fail, ok, type Issue, type Result } from '../core/result.js';
import { EpisodeSchema } from '../env/episode-schema.js';
import type { Episode } from '../env/protocol.js';
import { formChecker } from '../spec/form.js';
import { parseLine } from './json-line.js';
import type { Evaluation } from './evaluate.js';
import type { Split } from './record.js';

/** A results file as it was read. */
export interface Results {
  readonly agent: string;
  readonly split: Split;
  readonly seed: string;
  readonly runs: number;
  readonly episodes: readonly Episode[];
  /** The line of each episode in the file, from 1. */
  readonly lines: readonly number[];
}

const checkEpisode = formChecker(EpisodeSchema);

const checkHeader = formChecker(
  Type.Object({
    agent: Type.String(),
    split: Type.Enum(['train', 'test', 'all']),
    seed: Type.String(),
    runs: Type.Integer({ minimum: 1 }),
    episodes: Type.Integer({ minimum: 0 }),
  }),
);

export function* resultLines({ summary, episodes }: Evaluation): Generator<string> {
  // Speed is a property of a run, not of a result: the same seed gives the same bytes.
  const { pace: _, ...figures } = summary;
  yield JSON.stringify({ record: 'header', format: formats.results, ...figures });
  for (const episode of episodes) yield JSON.stringify({ record: 'episode', ...episode });
}

/** Reads a results file; every bad line is an issue with its number. */
export function readResults(text: string): Result<Results> {
  const [first = '', ...rest] = text.split('\n');
  const header = parseLine(first);
  const onFirst = (issues: readonly Issue[]): Result<Results> =>
    fail(issues.map((issue) => ({ ...issue, line: 1 })));
  if (!isObject(header) || header['record'] !== 'header') {
    return onFirst([{ path: '', message: 'is not a results file: the header line is missing' }]);
  }
  const format = checkFormat(header, 'results');
  if (!format.ok) return onFirst(format.error);
  const problems = checkHeader(header);
  if (problems.length > 0) return onFirst(problems);

  const issues: Issue[] = [];
  const episodes: Episode[] = [];
  const lines: number[] = [];
  for (const [index, source] of rest.entries()) {
    if (source === '') continue;
    const line = index + 2;
    const value = parseLine(source);
    if (value === undefined) issues.push({ path: '', line, message: 'is not JSON (a cut line?)' });
    else if (!isObject(value) || value['record'] !== 'episode') {
      issues.push({ path: 'record', line, message: 'is not an episode' });
    } else {
      const { record: _, ...episode } = value;
      const problems = checkEpisode(episode);
      issues.push(...problems.map((issue) => ({ ...issue, line })));
      if (problems.length > 0) continue;
      episodes.push(episode as unknown as Episode);
      lines.push(line);
    }
  }
  const { agent, split, seed, runs, episodes: said } = header as unknown as Header;
  if (issues.length === 0 && episodes.length !== said) {
    issues.push({ path: '', message: `is not whole: ${episodes.length} of ${said} episodes are here` });
  }
  return issues.length === 0 ? ok({ agent, split, seed, runs, episodes, lines }) : fail(issues);
}

interface Header extends Omit<Results, 'episodes' | 'lines'> {
  readonly episodes: number;
}
