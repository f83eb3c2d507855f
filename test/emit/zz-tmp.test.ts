import { expect, it } from 'vitest';
import { format } from 'oxfmt';
import { deriveRng } from '../../src/core/rng.js';
import { emitDomain } from '../../src/emit/emit.js';
import { typeCheck } from '../../src/emit/type-check.js';
import { compare } from './compare.js';
import { randomTools } from './random-tools.js';

const from = Number(process.env['FROM'] ?? 0);
it.each(Array.from({ length: Number(process.env['N'] ?? 6) }, (_, i) => i + from))(
  'seed %i',
  async (seed) => {
    const domain = randomTools(80, deriveRng('lines', 'tools', seed));
    const used = domain.tools.filter(
      (t) =>
        t.kind === 'spec' &&
        JSON.stringify([t.body, t.lets, t.requires, t.returns]).includes('"kind":"record"'),
    ).length;
    console.log(
      seed,
      'tools',
      domain.tools.length,
      'with lines',
      used,
      domain.tools
        .find((t) => t.name.startsWith('search'))
        ?.params.map((p) => p.name)
        .join(','),
    );
    const { files } = emitDomain(domain);
    const bad = typeCheck(files);
    for (const b of bad)
      console.log(
        'TYPE',
        b.message,
        (files[b.path] ?? '')
          .split('\n')
          .slice((b.line ?? 0) - 14, (b.line ?? 0) + 3)
          .join('\n'),
      );
    expect(bad).toEqual([]);
    for (const [path, text] of Object.entries(files)) {
      const formatted = await format(path, text, { printWidth: 110, singleQuote: true });
      if (formatted.code !== text) {
        const a = formatted.code.split('\n');
        const b = text.split('\n');
        const i = a.findIndex((l, k) => l !== b[k]);
        console.log('FORMAT', a.slice(i - 2, i + 6).join('\n'), '\n---\n', b.slice(i - 2, i + 6).join('\n'));
      }
    }
    const tally = await compare(domain, 8, 100);
    console.log([...tally.refusals].filter(([k]) => k.includes('DUPL')).length);
  },
);
