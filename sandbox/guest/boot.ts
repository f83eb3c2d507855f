// The first module that QuickJS evaluates: it locks the realm down as soon as the runtime is there.
// Nothing else may import it: it would lock whoever does.
// oxlint-disable-next-line import/no-unassigned-import -- so that domains find it there
import './index.js';
import { lockDown } from './lockdown.js';
import type { DomainModules } from './module-types.js';
import { createRuntime, type Runtime, type SeedState } from './runtime.js';

const setClock = lockDown();

/** Loads a domain and its seed state, and sets the clock to that state's time. */
export function load(modules: DomainModules, state: string, resultCap: number): Runtime {
  const seed = JSON.parse(state) as SeedState;
  setClock(Date.parse(seed.now));
  return createRuntime(modules, seed, resultCap);
}
