// How the caller will behave, drawn before gold is made, since gold has to cope with it.
import type { Scenario } from './task.js';

export type Conduct = Pick<Scenario, 'persona' | 'ordered' | 'withheld' | 'corrected' | 'later' | 'insists'>;

/** Says everything at once and takes the first answer. */
export function plainConduct(wishes: number, ordered: boolean): Conduct {
  return { persona: 'plain', ordered, withheld: [], corrected: [], later: wishes, insists: false };
}
