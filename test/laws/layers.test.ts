// Imports go leftwards only. dependency-cruiser reads the graph; the order stands here once.
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { beforeAll, describe, expect, it } from 'vitest';

const order = [
  'src/core',
  'src/llm',
  'src/spec',
  'src/grow',
  'src/graph',
  'src/emit',
  'sandbox',
  'src/world',
  'src/verify',
  'src/policy',
  'src/language',
  'src/task',
  'src/env',
  'agents/scripted',
  'src/certify',
  'src/pipeline',
  'agents/nn',
  'agents/actor',
  'agents/rl',
  'src/bench',
  'src/serve',
  'src/cli',
  'bench',
];

/** Folders beside one another: none imports the other. */
const siblings = [['src/grow', 'src/graph']];

/** Each heavy dependency has one owner (or two, where the owner's neighbour needs it by design). */
const owners: Record<string, readonly string[]> = {
  'ts-morph': ['src/emit'],
  'quickjs-emscripten-core': ['sandbox'],
  '@jitl/quickjs-wasmfile-release-sync': ['sandbox'],
  piscina: ['sandbox'],
  graphology: ['src/graph'],
  ajv: ['src/spec', 'src/world', 'src/bench'],
  commander: ['src/cli'],
  openai: ['src/llm'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

function layerOf(path: string): string | undefined {
  return order.find((layer) => path.startsWith(`${layer}/`));
}

function brokenRules(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to }) => {
    const source = layerOf(from);
    const target = layerOf(to);
    if (source === undefined) return [];
    const broken: string[] = [];
    if (target !== undefined && source !== target) {
      if (order.indexOf(target) > order.indexOf(source)) broken.push('points rightwards');
      if (siblings.some((pair) => pair.includes(source) && pair.includes(target)))
        broken.push('joins siblings');
      if (source === 'sandbox' && target !== 'src/core') broken.push('sandbox imports only core');
      if (source.startsWith('agents/') && target === 'src/task') broken.push('an agent reads tasks');
    }
    if (from.startsWith('sandbox/guest/') && !/^(sandbox\/guest\/|src\/core\/time)/.test(to)) {
      broken.push('the guest imports the host');
    }
    if (to.startsWith('generated/')) broken.push('imports what is generated');
    for (const [name, allowed] of Object.entries(owners)) {
      if (to.startsWith(`node_modules/${name}/`) && !allowed.includes(source))
        broken.push(`${name} has another owner`);
    }
    return broken.map((why) => `${from} → ${to}: ${why}`);
  });
}

describe('the import order', () => {
  let imports: Import[] = [];
  let modules = 0;

  beforeAll(async () => {
    const { output } = await cruise(['src', 'sandbox', 'agents', 'bench'], {
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
    });
    const result = output as ICruiseResult;
    modules = result.modules.filter((module) => layerOf(module.source) !== undefined).length;
    imports = result.modules.flatMap((module) =>
      module.dependencies.map((dependency) => ({ from: module.source, to: dependency.resolved })),
    );
  });

  it('is checked over every module', () => {
    expect(modules).toBeGreaterThan(100);
    expect(imports.length).toBeGreaterThan(300);
    expect(imports.some(({ to }) => to.startsWith('src/core/'))).toBe(true);
  });

  it('holds', () => {
    expect(brokenRules(imports)).toEqual([]);
  });

  it('has no cycles', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to } of imports) edges.set(from, [...(edges.get(from) ?? []), to]);
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (state.get(path) === 'done') return;
      if (state.get(path) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
        return;
      }
      state.set(path, 'open');
      for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
      state.set(path, 'done');
    };
    for (const path of edges.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it.each([
    ['src/core/a.ts', 'src/spec/b.ts'],
    ['sandbox/a.ts', 'src/spec/b.ts'],
    ['sandbox/guest/a.ts', 'sandbox/host.ts'],
    ['agents/scripted/a.ts', 'src/task/b.ts'],
    ['src/grow/a.ts', 'src/graph/b.ts'],
    ['src/world/a.ts', 'node_modules/ts-morph/dist/x.d.ts'],
    ['agents/actor/a.ts', 'node_modules/openai/index.d.ts'],
    ['src/cli/a.ts', 'generated/library/tools.ts'],
  ])('refuses %s importing %s', (from, to) => {
    expect(brokenRules([{ from, to }])).not.toEqual([]);
  });
});
