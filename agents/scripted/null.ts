// The agent that does nothing and says that all is done. Whatever pays it is a shortcut.
import type { Agent } from '../../src/env/protocol.js';

export function nullAgent(): Agent {
  return {
    name: 'null',
    start: () => {
      const session = { act: () => ({ type: 'say', act: { act: 'close' } }) as const, fork: () => session };
      return session;
    },
  };
}
