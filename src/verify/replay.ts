// Replays one failure or one procedural case by its id, in a fresh guest.
import type { Domain } from '../spec/model.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import type { GuestState } from '../../sandbox/guest-api.js';
import { createGuest } from '../../sandbox/host.js';
import { createArgumentChecker } from '../world/arguments.js';
import { createRowChecker } from '../world/row-checker.js';
import type { Case } from './case.js';
import { compareRound } from './differential.js';
import { layGround } from './draft.js';
import { judgeRound } from './laws.js';
import type { ValidationReport } from './report.js';
import { prepareCase, runCase } from './run-case.js';
import { replan } from './sequence.js';

export interface Replayed {
  readonly id: string;
  readonly held: boolean;
  /** What was run, and what came of it; one line each. */
  readonly lines: readonly string[];
}

export interface ReplayOf {
  readonly domain: Domain;
  readonly emitted: EmittedDomain;
  readonly state: GuestState;
  readonly procedures: readonly Case[];
  readonly report: ValidationReport;
}

/** Runs the case, mismatch or breach of that id again; null when there is none. */
export async function replayCase(of: ReplayOf, id: string): Promise<Replayed | null> {
  const guest = await createGuest({ modules: of.emitted.compiled }, of.state);
  try {
    const one = of.procedures.find((candidate) => candidate.id === id);
    if (one !== undefined) {
      const { verdict, expected, got } = runCase(guest, guest.open(), prepareCase(one));
      const call = one.kind === 'invariant' ? 'the invariants' : `${one.tool} ${JSON.stringify(one.args)}`;
      const outcome = expected === undefined ? [] : [`expected ${expected}`, `got ${got ?? ''}`];
      return { id, held: verdict !== 'unexpected-failure', lines: [`${call}: ${verdict}`, ...outcome] };
    }
    const failed = [...of.report.differential.first, ...of.report.laws.breaches].find(
      (other) => other.id === id,
    );
    if (failed === undefined) return null;
    const ground = layGround(of.domain, of.state);
    const round = replan(ground, failed.patch, failed.calls);
    const calls = failed.calls.map(({ tool, args }) => `${tool} ${JSON.stringify(args)}`);
    if (round === null)
      return { id, held: false, lines: [...calls, 'the interpreter has no outcome for these calls'] };
    if ('law' in failed) {
      const twin = await createGuest({ modules: of.emitted.compiled }, of.state);
      const breach = judgeRound(
        {
          ground,
          emitted: of.emitted,
          guests: [guest, twin],
          arguments: createArgumentChecker(of.emitted.manifest),
          rows: createRowChecker(of.emitted.stateSchema),
        },
        round,
      );
      twin.dispose();
      return {
        id,
        held: breach === null,
        lines: [...calls, breach === null ? 'holds' : `${breach.law}: ${breach.what}`],
      };
    }
    const found = compareRound(ground, guest, round);
    const outcome =
      found === null
        ? ['no mismatch']
        : [`${found.what}: interpreter ${found.expected}`, `emitted code ${found.got}`];
    return { id, held: found === null, lines: [...calls, ...outcome] };
  } finally {
    guest.dispose();
  }
}
