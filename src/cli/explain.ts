// toolgrove explain: why an episode of a results file was or was not solved.
import { Command } from 'commander';
import { readResults } from '../bench/results.js';
import { BadInput } from '../core/errors.js';
import { explainEpisode } from '../env/explain.js';
import type { Episode } from '../env/protocol.js';
import { loadWorld } from '../world/load.js';
import { readSource } from './eval.js';
import type { Run } from './run.js';
import { forceOption } from './options.js';
import { readText } from './read-text.js';

interface ExplainOptions {
  readonly benchmark?: string;
  readonly force: boolean;
}

export function explainVerb({ terminal }: Run): Command {
  return new Command('explain')
    .description('explain an episode: gold against actual state, first diverging step, violated rules')
    .argument('<episode>', 'results.jsonl#3 for its third episode; results.jsonl for the first unsolved one')
    .argument('[folders...]', "domains' folders that the tasks are from", ['generated'])
    .option('--benchmark <file>', 'benchmark JSONL, instead of folders')
    .addOption(forceOption())
    .action(async (name: string, paths: string[], options: ExplainOptions) => {
      const episode = findEpisode(name);
      const domains = await readSource(
        options.benchmark === undefined ? paths : [],
        options.benchmark,
        options.force,
      );
      const found = domains
        .flatMap(({ emitted, state, tasks }) => tasks.map((task) => ({ emitted, state, task })))
        .find(({ task }) => task.id === episode.task);
      if (found === undefined) {
        throw new BadInput([{ path: name, message: `its task ${episode.task} is not among those given` }]);
      }
      const world = await loadWorld(found.emitted, found.state);
      const explanation = explainEpisode(world, found.task, episode);
      world.dispose();
      if (!explanation.ok) throw new BadInput([{ path: name, message: explanation.fault.message }]);
      terminal.print(explanation.value.text);
      terminal.json(explanation.value);
    });
}

/** `file#n` is the n-th episode, from 1; `file` the first that was not solved, else the first. */
function findEpisode(name: string): Episode {
  const [, file = name, number] = /^(.*)#(\d+)$/.exec(name) ?? [];
  const read = readResults(readText(file));
  if (!read.ok) throw new BadInput(read.error, file);
  const { episodes } = read.value;
  const episode =
    number === undefined
      ? (episodes.find(({ end }) => end !== 'solved') ?? episodes[0])
      : episodes[Number(number) - 1];
  if (episode === undefined) {
    throw new BadInput([{ path: name, message: `no such episode; the file holds ${episodes.length}` }]);
  }
  return episode;
}
