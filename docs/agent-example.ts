// An agent is a function from observations to actions. This one knows its way around the shelves: it
// says who wrote a book and where it stands, and passes everything else on to a person.
// After `npm start`: await playAll('generated/library', shelfClerk).
import { loadWorld, readDomainFolders, rollout, type Action, type Agent, type Observation } from 'toolgrove';

export const shelfClerk: Agent = {
  name: 'shelf-clerk',
  start: () => ({ act: (observation) => answer(observation) }),
};

function answer(observation: Observation): Action {
  if (observation.type === 'user') {
    const [, title] = /“(.+?)”/.exec(observation.text) ?? [];
    if (title !== undefined) return { type: 'call', tool: 'find_book_by_title', args: { title } };
  }
  if (observation.type === 'result' && observation.tool === 'find_book_by_title') {
    const { author, shelf_mark } = observation.value as { author: string; shelf_mark: string };
    return { type: 'say', text: `It is by ${author}, and its shelf mark is ${shelf_mark}.` };
  }
  return {
    type: 'call',
    tool: 'transfer_to_human',
    args: { policy: 'other', summary: 'Not about shelves.' },
  };
}

/** Plays every task of a generated folder and counts what was solved. */
export async function playAll(folder: string, agent: Agent): Promise<Record<string, number>> {
  const ends: Record<string, number> = {};
  for (const { emitted, state, tasks } of await readDomainFolders([folder], false)) {
    const world = await loadWorld(emitted, state);
    for (const task of tasks) {
      const { end } = await rollout(world, task, agent, '7');
      ends[end] = (ends[end] ?? 0) + 1;
    }
    world.dispose();
  }
  return ends;
}
