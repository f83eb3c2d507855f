// What passes between an environment and an agent has the published form and is plain JSON.
import { canonicalJson, isObject, type Json } from '../../core/json.js';
import { formatIssue, type Issue } from '../../core/result.js';
import { formChecker } from '../../spec/form.js';
import { createArgumentChecker } from '../../world/arguments.js';
import { EpisodeSchema } from '../episode-schema.js';
import type { AgentView } from '../protocol.js';
import { playAlone, playOptions, type Ground, type Verdict } from './play.js';

const checkEpisode = formChecker(EpisodeSchema);

export function* checkSchema(ground: Ground): Generator<Verdict> {
  for (const play of ground.plays) {
    const environment = ground.subject.start(play.task, playOptions);
    yield* judgeView(environment.view);
    yield environment.observation.type === 'user' ? null : `${play.task}: does not open with the user`;
    const seen = [environment.observation];
    for (const action of play.actions) {
      if (environment.done) break;
      seen.push(environment.step(action).observation);
      yield isPlain(environment.state) ? null : `${play.task}: the state is not plain JSON`;
    }
    const episode = environment.finish();
    const kept = [episode.opening, ...episode.steps.map(({ observation }) => observation)];
    yield canonicalJson(kept) === canonicalJson(seen)
      ? null
      : `${play.task}: the episode keeps other observations`;
    const issues = checkEpisode(JSON.parse(JSON.stringify(playAlone(ground, play))));
    yield issues.length === 0 ? null : `${play.task}: ${formatIssue(issues[0] as Issue)}`;
    yield isPlain(episode) ? null : `${play.task}: the episode is not plain JSON`;
  }
}

function* judgeView(view: AgentView): Generator<Verdict> {
  const names = view.manifest.map(({ name }) => name);
  yield new Set(names).size === names.length ? null : 'the view has a tool twice';
  yield isPlain(view) ? null : 'the view is not plain JSON';
  const checker = createArgumentChecker(view.manifest);
  for (const { name, description, parameters } of view.manifest) {
    yield /^[\w-]{1,64}$/.test(name) ? null : `'${name}' is no name of a tool that models take`;
    yield description.trim() !== '' ? null : `the tool '${name}' is not described`;
    yield parameters['type'] === 'object' && isObject(parameters['properties'])
      ? null
      : `the parameters of '${name}' are no object`;
    // Compiling its schema throws where that is no JSON Schema.
    checker.problems(name, {});
  }
}

/** Whether writing it as JSON loses nothing. */
function isPlain(value: unknown): boolean {
  return canonicalJson(JSON.parse(JSON.stringify(value)) as Json) === canonicalJson(value);
}
