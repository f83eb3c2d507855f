// Agents that do not look at what is asked: whatever pays one of them proves nothing. Most of them
// begin alike, by finding out who calls, so their talks are played as one for as long as they do the
// same and forked where they part.
import { babbleAgent } from '../../agents/scripted/babble.js';
import { nullAgent } from '../../agents/scripted/null.js';
import { refuseAgents } from '../../agents/scripted/refuse.js';
import { transferAgent, transferAgents } from '../../agents/scripted/transfer.js';
import { yesAgent } from '../../agents/scripted/yes.js';
import { Bug } from '../core/errors.js';
import { canonicalJson } from '../core/json.js';
import type { Environment } from '../env/environment.js';
import { handOverPolicies } from '../env/policy-ids.js';
import type { Action, Agent, AgentSession, AgentView, Episode } from '../env/protocol.js';
import type { Task } from '../task/task.js';
import { once, type CertifyContext } from './context.js';
import type { Finding } from './line.js';
import { faultIn, isPaid, open } from './play.js';

/** The talks of every agent without insight, by the agent's name. */
export const shortcutPlays = once((context, task): ReadonlyMap<string, Episode> =>
  playTogether(context, task, shortcutAgents(context.view)),
);

function shortcutAgents(view: AgentView): readonly Agent[] {
  return [
    nullAgent(),
    babbleAgent(),
    yesAgent(),
    yesAgent({ identify: true }),
    ...handOverPolicies(view).map((policy) => transferAgent({ policy })),
    ...transferAgents(view),
    ...refuseAgents(view),
  ];
}

/** What the plays of a family of agents come to: none may be paid. */
export function nonePaid(context: CertifyContext, task: Task, isMember: (agent: string) => boolean): Finding {
  const plays = [...shortcutPlays(context, task)].filter(([agent]) => isMember(agent));
  const paid = plays.filter(([, episode]) => isPaid(episode));
  const fault = faultIn(plays.map(([, episode]) => episode));
  return {
    passed: plays.length > 0 && paid.length === 0 && fault === null,
    evidence: {
      agents: plays.length,
      ...(paid.length === 0 ? {} : { paid: paid.map(([agent]) => agent).join(' ') }),
      ...(fault === null ? {} : { fault }),
    },
  };
}

interface Player {
  readonly name: string;
  readonly session: AgentSession;
}

/** Plays several agents; an episode each, as if each had played alone. */
export function playTogether(
  context: CertifyContext,
  task: Task,
  agents: readonly Agent[],
): ReadonlyMap<string, Episode> {
  const players = agents.map((agent): Player => ({
    name: agent.name,
    session: agent.start(context.view, `${task.id}/0`),
  }));
  const episodes = new Map<string, Episode>();
  goOn(open(context, task, 'together'), players, episodes);
  return new Map(players.map(({ name }) => [name, named(episodes, name)]));
}

function named(episodes: ReadonlyMap<string, Episode>, name: string): Episode {
  const episode = episodes.get(name);
  if (episode === undefined) throw new Bug(`two agents are called '${name}'`);
  return { ...episode, agent: name };
}

function goOn(environment: Environment, players: readonly Player[], episodes: Map<string, Episode>): void {
  while (!environment.done) {
    const groups = new Map<string, { readonly action: Action; readonly players: Player[] }>();
    for (const player of players) {
      const action = player.session.act(environment.observation);
      if (action instanceof Promise) throw new Bug(`the agent '${player.name}' does not answer at once`);
      const key = canonicalJson(action);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { action, players: [player] });
      else group.players.push(player);
    }
    const [first, ...others] = groups.values();
    for (const { action, players } of others) {
      const fork = environment.fork();
      fork.step(action);
      goOn(fork, players, episodes);
    }
    if (first === undefined) break;
    environment.step(first.action);
    players = first.players;
  }
  const episode = environment.finish();
  for (const { name } of players) episodes.set(name, episode);
}
