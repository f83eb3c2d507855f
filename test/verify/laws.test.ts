import { describe, expect, it } from 'vitest';
import { createGuest } from '../../sandbox/host.js';
import type { Guest } from '../../sandbox/guest-api.js';
import type { EmittedDomain } from '../../src/emit/emitted-domain.js';
import { laws } from '../../src/verify/law.js';
import { runLaws, type LawsResult } from '../../src/verify/laws.js';
import { createArgumentChecker } from '../../src/world/arguments.js';
import { createRowChecker } from '../../src/world/row-checker.js';
import { broken, kiosk } from './kiosk.js';

const { emitted, state, ground } = kiosk();

async function judge(
  version: EmittedDomain,
  change: (guest: Guest) => Guest = (guest) => guest,
): Promise<LawsResult> {
  const guests = [
    change(await createGuest({ modules: version.compiled }, state)),
    change(await createGuest({ modules: version.compiled }, state)),
  ] as const;
  const result = runLaws(
    {
      ground,
      emitted: version,
      guests,
      arguments: createArgumentChecker(version.manifest),
      rows: createRowChecker(version.stateSchema),
    },
    1,
    0,
  );
  for (const guest of guests) guest.dispose();
  return result;
}

const lawsOf = ({ breaches }: LawsResult): ReadonlySet<string> => new Set(breaches.map(({ law }) => law));

describe('the laws', () => {
  it('all hold for what the emitter wrote, and each was checked', async () => {
    const { breaches, checks } = await judge(emitted);
    expect(breaches).toEqual([]);
    expect(laws.filter((law) => checks[law] === 0)).toEqual([]);
  });

  it('catch a read that writes', async () => {
    const writes = broken(
      emitted,
      'tools.ts',
      /(export function getRider[\s\S]*?)return ok\(([\s\S]*?)\);/,
      '$1db.riders.put({ ...$2, owes: 7 }); return ok($2);',
    );
    const found = await judge(writes);
    expect(lawsOf(found)).toContain('purity of reads');
    expect(found.breaches[0]?.calls).toHaveLength(1);
  });

  it('catch a tool that remembers between calls', async () => {
    const remembers = broken(
      emitted,
      'tools.ts',
      /(export function pay\b[\s\S]*?\{\n)/,
      '$1  calls++; if (calls % 5 === 0) return fail("TIRED", "Come back later.");\n',
    );
    const file = remembers.compiled['tools.js'] ?? '';
    const version = {
      ...remembers,
      compiled: { ...remembers.compiled, 'tools.js': `${file}\nlet calls = 0;` },
    };
    expect(lawsOf(await judge(version))).toContain('determinism');
  });

  it('catch a refusal that leaves something behind', async () => {
    const [rider] = state.tables['Rider'] ?? [];
    const leaky = (guest: Guest): Guest => ({
      ...guest,
      call(session, tool, args) {
        const reply = guest.call(session, tool, args);
        if (reply.type === 'refusal' && rider !== undefined) {
          const after = { ...rider, owes: 123_400 };
          guest.patch(session, [{ entity: 'Rider', id: String(rider['rider_id']), before: rider, after }]);
        }
        return reply;
      },
    });
    expect(lawsOf(await judge(emitted, leaky))).toContain('atomicity');
  });

  it('catch an invariant that is not told of a change', async () => {
    const deaf = broken(emitted, 'guards.ts', "db.hires.where('bike_id', bike.bike_id)", '[]');
    expect(lawsOf(await judge(deaf))).toContain('incremental invariants');
  });

  it('catch a reference to nothing', async () => {
    const dangling = broken(emitted, 'tools.ts', /bike_id: bike\.bike_id,/, "bike_id: 'BI-10000',");
    expect(lawsOf(await judge(dangling))).toContain('references');
  });

  it('catch a value that its column does not allow', async () => {
    const negative = broken(emitted, 'tools.ts', 'rider.owes - args.amount', '-args.amount');
    expect(lawsOf(await judge(negative))).toContain('shapes');
  });

  it('catch a reset that does not reset', async () => {
    const sticky = (guest: Guest): Guest => ({ ...guest, reset: () => undefined });
    expect(lawsOf(await judge(emitted, sticky))).toContain('isolation');
  });

  it('catch a manifest that takes anything', async () => {
    const open = emitted.manifest.map((tool) => {
      const { additionalProperties: _, ...parameters } = tool.parameters;
      return { ...tool, parameters };
    });
    expect(lawsOf(await judge({ ...emitted, manifest: open }))).toContain('hostile arguments');
  });
});
