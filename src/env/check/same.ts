// The same actions give the same bytes, again and beside other episodes.
import { bytesOf, compareBytes, playAlone, playOptions, playOut, type Ground, type Verdict } from './play.js';

export function* checkDeterminism(ground: Ground): Generator<Verdict> {
  for (const play of ground.plays) {
    const first = bytesOf(playAlone(ground, play));
    yield compareBytes(`${play.task} played again`, first, bytesOf(playAlone(ground, play)));
  }
}

/** Two episodes that take turns, and a third that is left lying, go as each goes alone. */
export function* checkIndependence(ground: Ground): Generator<Verdict> {
  const { subject, plays } = ground;
  for (const [at, play] of plays.entries()) {
    const beside = plays[(at + 1) % plays.length] ?? play;
    const alone = bytesOf(playAlone(ground, play));
    const mine = subject.start(play.task, playOptions);
    const other = subject.start(beside.task, playOptions);
    const left = subject.start(play.task, playOptions);
    const longest = Math.max(play.actions.length, beside.actions.length);
    for (let step = 0; step < longest; step++) {
      for (const [environment, actions] of [
        [mine, play.actions],
        [other, beside.actions],
        [left, play.actions.slice(0, 2)],
      ] as const) {
        const action = actions[step];
        if (action !== undefined && !environment.done) environment.step(action);
      }
    }
    playOut(other, []);
    yield compareBytes(`${play.task} beside ${beside.task}`, alone, bytesOf(mine.finish()));
    yield compareBytes(`${play.task} opened anew`, alone, bytesOf(playAlone(ground, play)));
    left.finish();
  }
}
