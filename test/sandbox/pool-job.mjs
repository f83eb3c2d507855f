// A worker's job for the pool's tests, in JavaScript because workers read no TypeScript.
import { createGuest } from '../../dist/sandbox/host.js';

export async function runJob({ program, state, tool, wait }) {
  if (wait !== undefined) await new Promise((resolve) => setTimeout(resolve, wait));
  if (tool === 'bug') throw new Error('a bug of ours');
  if (tool === 'exit') process.exit(1);
  const guest = await createGuest(program, state);
  const session = guest.open();
  return guest.call(session, tool, '{}');
}
