// Results JSONL: a header line with the figures, then a line an episode with its whole trajectory.
import { checkFormat, formats } from '../core/format.js';
import { isObject, type Json } from '../core/json.js';
import { fail, ok, type Issue, type Result } from '../core/result.js';
import type { Episode } from '../env/protocol.js';
import type { Evaluation } from './evaluate.js';

export function* resultLines({ summary, episodes }: Evaluation): Generator<string> {
  // Speed is a property of a run, not of a result: the same seed gives the same bytes.
  const { stepsPerSecond: _, ...figures } = summary;
  yield JSON.stringify({ record: 'header', format: formats.results, ...figures });
  for (const episode of episodes) yield JSON.stringify({ record: 'episode', ...episode });
}

/** Reads the episodes; every bad line is an issue with its number. */
export function readResults(text: string): Result<readonly Episode[]> {
  const issues: Issue[] = [];
  const episodes: Episode[] = [];
  for (const [index, source] of text.split('\n').entries()) {
    if (source === '') continue;
    let value: Json;
    try {
      value = JSON.parse(source) as Json;
    } catch {
      issues.push({ path: '', line: index + 1, message: 'is not JSON (a cut line?)' });
      continue;
    }
    if (index === 0) {
      const format = checkFormat(value, 'results');
      if (!format.ok) return fail(format.error.map((issue) => ({ ...issue, line: 1 })));
    } else if (isObject(value) && value['record'] === 'episode') {
      const { record: _, ...episode } = value;
      episodes.push(episode as unknown as Episode);
    } else {
      issues.push({ path: 'record', line: index + 1, message: 'is not an episode' });
    }
  }
  return issues.length === 0 ? ok(episodes) : fail(issues);
}
