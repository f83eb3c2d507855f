// The lines of a certificate, cheap ones first. Every published task passes all of them.
import type { Line } from './line.js';
import { alternativesAreAccepted } from './lines/alternatives-are-accepted.js';
import { answersAreTyped } from './lines/answers-are-typed.js';
import { argumentsAreCovered } from './lines/arguments-are-covered.js';
import { argumentsHaveProvenance } from './lines/arguments-have-provenance.js';
import { clockAndIdsAreSeeded } from './lines/clock-and-ids-are-seeded.js';
import { criteriaAreGraded } from './lines/criteria-are-graded.js';
import { goldDoesWhatIsNeeded } from './lines/gold-does-what-is-needed.js';
import { goldReplaysTwice } from './lines/gold-replays-twice.js';
import { goldViolatesNothing } from './lines/gold-violates-nothing.js';
import { nothingLeaks } from './lines/nothing-leaks.js';
import { nullFails } from './lines/null-fails.js';
import { oracleSolves } from './lines/oracle-solves.js';
import { oracleSolvesInText } from './lines/oracle-solves-in-text.js';
import { ordersAgree } from './lines/orders-agree.js';
import { randomFails } from './lines/random-fails.js';
import { readsChangeNothing } from './lines/reads-change-nothing.js';
import { refusalIsDue } from './lines/refusal-is-due.js';
import { refuseFails } from './lines/refuse-fails.js';
import { scenarioAgreesWithGold } from './lines/scenario-agrees-with-gold.js';
import { subsetMinimal } from './lines/subset-minimal.js';
import { transferFails } from './lines/transfer-fails.js';
import { userGivesUp } from './lines/user-gives-up.js';
import { yesFails } from './lines/yes-fails.js';

export const lines: readonly Line[] = [
  criteriaAreGraded,
  goldReplaysTwice,
  goldViolatesNothing,
  goldDoesWhatIsNeeded,
  scenarioAgreesWithGold,
  argumentsAreCovered,
  argumentsHaveProvenance,
  answersAreTyped,
  nothingLeaks,
  clockAndIdsAreSeeded,
  alternativesAreAccepted,
  subsetMinimal,
  ordersAgree,
  refusalIsDue,
  nullFails,
  yesFails,
  transferFails,
  refuseFails,
  userGivesUp,
  oracleSolves,
  oracleSolvesInText,
  readsChangeNothing,
  randomFails,
];
