// From a draft to a task: the words, the content hash and all that hangs on it, and those lines of
// the certificate that can be had without an agent. One line that fails and the task is not published.
import { hashJson, type ContentHash } from '../core/hash.js';
import { formats } from '../core/format.js';
import type { Rng } from '../core/rng.js';
import { isDone } from './act-done.js';
import { difficultyOf } from './difficulty.js';
import type { Draft } from './draft.js';
import type { Ground } from './ground.js';
import { realise } from './realise.js';
import { replayGold } from './replay.js';
import { splitOf, taskContent } from './split.js';
import type { CertificateLine, Scenario, Task } from './task.js';

export type Published = { readonly task: Task } | { readonly reason: string };

export function publish(ground: Ground, draft: Draft, seedDigest: ContentHash, rng: Rng): Published {
  const opening = realise(ground, draft.wishes, draft.conduct.ordered, rng);
  const scenario: Scenario = {
    caller: draft.caller,
    known: draft.known,
    wishes: draft.wishes.map(({ wish }) => wish),
    ...draft.conduct,
    ...(opening.reason === undefined ? {} : { reason: opening.reason }),
    opening: opening.text,
    phrases: {},
  };
  const certificate = certify(ground, draft, scenario, seedDigest);
  const failed = certificate.find((line) => !line.passed);
  if (failed !== undefined) return { reason: failed.line };
  const content = taskContent(ground.domain.id, scenario);
  return {
    task: {
      format: formats.task,
      id: `${ground.domain.id}-${draft.kind}-${content.slice(0, 10)}`,
      domain: ground.world.domain.hash,
      kind: draft.kind,
      split: splitOf(content),
      seed: content,
      worlds: { agent: ground.world.seedState },
      distractors: [],
      scenario,
      goal: draft.goal,
      gold: draft.gold,
      difficulty: difficultyOf(ground, draft),
      certificate,
    },
  };
}

function certify(
  ground: Ground,
  draft: Draft,
  scenario: Scenario,
  seedDigest: ContentHash,
): readonly CertificateLine[] {
  const first = replayGold(ground.world, { scenario, gold: draft.gold, distractors: [] });
  const second = replayGold(ground.world, { scenario, gold: draft.gold, distractors: [] });
  const accepted = draft.goal.accepts.some((accept) => accept.digest === first?.digest);
  const agree = first !== null && hashJson(first) === hashJson(second);
  const needed = draft.goal.actsNeeded.length + (draft.goal.accepts[0]?.communicate.length ?? 0);
  const moves = draft.goal.accepts.every((accept) => accept.digest !== seedDigest);
  return [
    {
      line: 'gold-replays-twice',
      passed: agree && accepted,
      evidence: { replays: 2, digest: first?.digest ?? '' },
    },
    {
      line: 'gold-violates-nothing',
      passed: first?.violations.length === 0,
      evidence: { violations: first?.violations.length ?? -1 },
    },
    {
      line: 'gold-does-what-is-needed',
      passed: first !== null && draft.goal.actsNeeded.every((act) => isDone(first.talk, act)),
      evidence: { acts: draft.goal.actsNeeded.length },
    },
    {
      line: 'subset-minimal',
      passed: draft.subsets.reaching === 0,
      evidence: { subsets: draft.subsets.run, reaching: draft.subsets.reaching },
    },
    { line: 'null-fails', passed: moves || needed > 0, evidence: { digestMoves: moves, needed } },
  ];
}
