// toolgrove play: a person is the agent, in the terminal. Reads lines, so a script can play too.
import { createInterface } from 'node:readline';
import { Command } from 'commander';
import { selectSplit, type Split } from '../bench/record.js';
import { BadInput } from '../core/errors.js';
import { deriveRng } from '../core/rng.js';
import { startEpisode, type Environment } from '../env/environment.js';
import { explainEpisode } from '../env/explain.js';
import type { Observation } from '../env/protocol.js';
import { realiseAgent } from '../language/realise-agent.js';
import type { AgentAct } from '../policy/talk.js';
import { loadWorld } from '../world/load.js';
import { readSource } from './eval.js';
import { DidNotHold } from './exit.js';
import type { Run } from './run.js';
import { forceOption, splitOption } from './options.js';
import { parsePlayLine, playHelp, type PlayLine } from './play-line.js';

interface PlayOptions {
  readonly seed: string;
  readonly split: Split;
  readonly task?: string;
  readonly benchmark?: string;
  readonly force: boolean;
}

export function playVerb({ terminal, signal }: Run): Command {
  return new Command('play')
    .description('be the agent yourself; exit 1 when the task is not solved')
    .argument('[folders...]', "domains' folders, or folders of domains")
    .option('--task <id>', 'the task to play; else the seed chooses')
    .option('--benchmark <file>', 'benchmark JSONL, instead of folders')
    .addOption(splitOption('all'))
    .addOption(forceOption())
    .action(async (paths: string[], options: PlayOptions) => {
      const domains = await readSource(paths, options.benchmark, options.force);
      const choices = domains.flatMap((domain) =>
        selectSplit(domain.tasks, options.split).map((task) => ({ domain, task })),
      );
      const chosen =
        options.task === undefined
          ? choices[deriveRng(options.seed, 'play').int(0, Math.max(0, choices.length - 1))]
          : choices.find(({ task }) => task.id === options.task);
      if (chosen === undefined) throw new BadInput([{ path: options.task ?? '', message: 'no such task' }]);

      const { emitted, state } = chosen.domain;
      const world = await loadWorld(emitted, state);
      try {
        const environment = startEpisode(world, chosen.task, { seed: options.seed, agent: 'person' });
        terminal.talk(
          `${emitted.title} · task ${chosen.task.id}\nYou are the agent. /help shows what you can do.\n`,
        );
        terminal.talk(describeObservation(environment.observation));
        const voice = (act: AgentAct, turn: number): string =>
          realiseAgent(act, { domain: emitted, rng: deriveRng(options.seed, 'wording', turn) });
        await converse(environment, voice, (line) => terminal.talk(line), signal);
        signal.throwIfAborted();
        const episode = environment.finish();
        const explanation = explainEpisode(world, chosen.task, episode);
        terminal.talk(`\n${explanation.ok ? explanation.value.text : explanation.fault.message}`);
        terminal.json(episode);
        if (episode.end !== 'solved') throw new DidNotHold();
      } finally {
        world.dispose();
      }
    });
}

/** Plays lines until the talk is over; an act is also said in words, by `voice`. */
async function converse(
  environment: Environment,
  voice: (act: AgentAct, turn: number) => string,
  print: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const lines = createInterface({
    input: process.stdin,
    output: process.stdin.isTTY ? process.stderr : undefined,
    signal,
  });
  // A terminal in raw mode tells of Ctrl-C here.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  let turn = 0;
  lines.setPrompt('> ');
  lines.prompt();
  for await (const line of lines) {
    if (line.trim() !== '') {
      const parsed = parsePlayLine(line, environment.view);
      if (!parsed.ok) print(`? ${parsed.error}`);
      else if (parsed.value.type === 'quit') break;
      else if (parsed.value.type === 'show') print(show(environment, parsed.value));
      else {
        const { action } = parsed.value;
        if ('act' in action) print(`you: ${voice(action.act, turn++)}`);
        print(describeObservation(environment.step(action).observation));
      }
    }
    if (environment.done) break;
    lines.prompt();
  }
  lines.close();
}

function show({ view }: Environment, { what, tool }: Extract<PlayLine, { type: 'show' }>): string {
  if (what === 'help') return playHelp;
  if (what === 'policy') return view.policyText;
  const found = view.manifest.filter(({ name }) => tool === undefined || name === tool);
  if (found.length === 0) return `? there is no tool '${tool ?? ''}'`;
  if (tool !== undefined) return JSON.stringify(found[0], null, 2);
  return found
    .map(({ name, parameters }) => {
      const params = Object.keys((parameters['properties'] ?? {}) as object).join(', ');
      return `  ${name}(${params})`;
    })
    .join('\n');
}

function describeObservation(observation: Observation): string {
  switch (observation.type) {
    case 'user':
      return `caller: ${observation.text}`;
    case 'result':
      return JSON.stringify(observation.value, null, 2);
    case 'refusal':
      return `${observation.code}: ${observation.message}`;
    case 'fault':
      return `fault: ${observation.fault.message}`;
  }
}
