// A fork at any step goes on as the original does, and neither hears of the other.
import { bytesOf, compareBytes, playAlone, playOptions, playOut, type Ground, type Verdict } from './play.js';

export function* checkForkSame(ground: Ground): Generator<Verdict> {
  for (const play of ground.plays) {
    const alone = bytesOf(playAlone(ground, play));
    const trunk = ground.subject.start(play.task, playOptions);
    const forks = play.actions.map((action) => {
      const fork = trunk.fork();
      if (!trunk.done) trunk.step(action);
      return fork;
    });
    yield compareBytes(`${play.task} with forks taken`, alone, bytesOf(trunk.finish()));
    for (const [at, fork] of forks.entries()) {
      const episode = playOut(fork, play.actions.slice(at));
      yield compareBytes(`${play.task} forked at step ${at}`, alone, bytesOf(episode));
    }
  }
}

/** Forks that go other ways, before and after the original goes on. */
export function* checkForkApart(ground: Ground): Generator<Verdict> {
  const { subject, plays } = ground;
  for (const play of plays) {
    const alone = bytesOf(playAlone(ground, play));
    const ways = plays.filter(({ task, actions }) => task === play.task && actions !== play.actions);
    for (let at = 0; at < play.actions.length; at++) {
      const trunk = subject.start(play.task, playOptions);
      for (const action of play.actions.slice(0, at)) if (!trunk.done) trunk.step(action);
      const forks = ways.map(() => trunk.fork());
      const [early, ...late] = forks;
      if (early !== undefined) playOut(early, ways[0]?.actions ?? []);
      const episode = bytesOf(playOut(trunk, play.actions.slice(at)));
      for (const [nth, fork] of late.entries()) playOut(fork, ways[nth + 1]?.actions ?? []);
      yield compareBytes(`${play.task} after a fork went another way at step ${at}`, alone, episode);
      yield compareBytes(`${play.task} played again`, alone, bytesOf(playAlone(ground, play)));
    }
  }
}
