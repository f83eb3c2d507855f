// Results JSONL: a header line with the figures, then a line an episode with its whole trajectory.
import { checkFormat, formats } from '../core/format.js';
import { isObject } from '../core/json.js';
import { fail, ok, type Issue, type Result } from '../core/result.js';
import { EpisodeSchema } from '../env/episode-schema.js';
import type { Episode } from '../env/protocol.js';
import { formChecker } from '../spec/form.js';
import { parseLine } from './json-line.js';
import type { Evaluation } from './evaluate.js';

const checkEpisode = formChecker(EpisodeSchema);

export function* resultLines({ summary, episodes }: Evaluation): Generator<string> {
  // Speed is a property of a run, not of a result: the same seed gives the same bytes.
  const { stepsPerSecond: _, ...figures } = summary;
  yield JSON.stringify({ record: 'header', format: formats.results, ...figures });
  for (const episode of episodes) yield JSON.stringify({ record: 'episode', ...episode });
}

/** Reads the episodes; every bad line is an issue with its number. */
export function readResults(text: string): Result<readonly Episode[]> {
  const [first = '', ...rest] = text.split('\n');
  const header = parseLine(first);
  if (!isObject(header) || header['record'] !== 'header') {
    return fail([{ path: '', line: 1, message: 'is not a results file: the header line is missing' }]);
  }
  const format = checkFormat(header, 'results');
  if (!format.ok) return fail(format.error.map((issue) => ({ ...issue, line: 1 })));

  const issues: Issue[] = [];
  const episodes: Episode[] = [];
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
      if (problems.length === 0) episodes.push(episode as unknown as Episode);
    }
  }
  if (issues.length === 0 && episodes.length !== header['episodes']) {
    const message = `is not whole: ${episodes.length} of ${JSON.stringify(header['episodes'])} episodes are here`;
    issues.push({ path: '', message });
  }
  return issues.length === 0 ? ok(episodes) : fail(issues);
}
