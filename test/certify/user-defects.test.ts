// Defects of the user and not of a task: a user who leaves before its effect is there, and one who never
// leaves. Planted into the user, they are refused by the line that is there for them.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { respond as Respond } from '../../src/env/user.js';

const user = '../../src/env/user.js';

afterEach(() => {
  vi.doUnmock(user);
  vi.resetModules();
});

/** What a task of one write fails when the user answers otherwise. */
async function failedWith(change: (respond: typeof Respond) => typeof Respond): Promise<readonly string[]> {
  vi.resetModules();
  vi.doMock(user, async (importOriginal) => {
    const original = await importOriginal<{ respond: typeof Respond }>();
    return { ...original, respond: change(original.respond) };
  });
  const { openDesk, failedLines, wishedTools } = await import('./repair-desk.js');
  const { context, drafts } = await openDesk(30);
  const task = drafts.find((draft) => draft.kind === 'do' && wishedTools(draft).length === 1);
  if (task === undefined) throw new Error('no task was composed');
  return failedLines(context, task);
}

describe('a user', () => {
  it('as it is passes every line', async () => {
    expect(await failedWith((respond) => respond)).toEqual([]);
  });

  it('13: who leaves satisfied as soon as somebody claims to be done is refused', async () => {
    const failed = await failedWith((respond) => (scenario, state, heard, noticed) => {
      const answer = respond(scenario, state, heard, noticed);
      if (!heard.some(({ act }) => act === 'close')) return answer;
      return {
        ...answer,
        user: { ...answer.user, over: 'satisfied' },
        acts: [{ act: 'accept' }, { act: 'end', satisfied: true }],
      };
    });
    expect(failed).toContain('user-gives-up');
  });

  it('14: who never leaves a helpless agent is refused', async () => {
    const failed = await failedWith((respond) => (scenario, state, heard, noticed) => {
      const answer = respond(scenario, state, heard, noticed);
      if (answer.user.over !== 'gave-up') return answer;
      return { ...answer, user: { ...answer.user, over: 'no', idle: 0 }, acts: [{ act: 'prompt' }] };
    });
    expect(failed).toContain('user-gives-up');
  });
});
