// The helpless agent: it says things that mean nothing, for ever. A user who faces it has to leave.
import type { Agent } from '../../src/env/protocol.js';

export function babbleAgent(): Agent {
  return {
    name: 'babble',
    start: () => {
      const session = {
        act: () => ({ type: 'say', text: 'Hmm, well, let me think about that.' }) as const,
        fork: () => session,
      };
      return session;
    },
  };
}
