// Every file states its format as name/major.minor. An unknown major version is bad input; a newer
// minor version of a known major is read.
import { isObject } from './json.js';
import { fail, ok, type Issue, type Result } from './result.js';

export const formats = {
  spec: 'toolgrove.domain-spec/1.0',
  domain: 'toolgrove.domain/1.0',
  index: 'toolgrove.index/1.0',
  state: 'toolgrove.state/1.0',
  graph: 'toolgrove.graph/1.0',
  procedures: 'toolgrove.procedures/1.0',
  report: 'toolgrove.report/1.0',
  task: 'toolgrove.task/1.0',
  episode: 'toolgrove.episode/1.0',
  benchmark: 'toolgrove.benchmark/1.0',
  results: 'toolgrove.results/1.0',
} as const;

export type FormatName = keyof typeof formats;

/** Checks the `format` field of a parsed file. */
export function checkFormat(value: unknown, expected: FormatName): Result<true> {
  const wanted = formats[expected];
  const found = isObject(value) ? value['format'] : undefined;
  const issue = (message: string): Result<true> => fail<Issue[]>([{ path: 'format', message }]);
  if (typeof found !== 'string') return issue(`missing; expected '${wanted}'`);
  const [name, version = ''] = found.split('/');
  const [wantedName, wantedVersion = ''] = wanted.split('/');
  if (name !== wantedName) return issue(`'${found}' is not '${wantedName}'`);
  if (version.split('.')[0] !== wantedVersion.split('.')[0]) {
    return issue(`version ${version} is not readable here; this program reads ${wantedVersion}`);
  }
  return ok(true);
}
