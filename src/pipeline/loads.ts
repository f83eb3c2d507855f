// Whether the code of a domain that somebody may have edited loads at all, with its seed state.
import { Bug } from '../core/errors.js';
import type { EmittedDomain } from '../emit/emitted-domain.js';
import { loadWorld } from '../world/load.js';
import type { GuestState } from '../../sandbox/guest-api.js';

/** Why the code does not load, or null. */
export async function checkLoads(emitted: EmittedDomain, state: GuestState): Promise<string | null> {
  try {
    (await loadWorld(emitted, state)).dispose();
    return null;
  } catch (error) {
    if (!(error instanceof Bug)) throw error;
    return error.message.split('\n')[0] ?? 'the code does not load';
  }
}
