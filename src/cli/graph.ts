// toolgrove graph: a domain's tool graph as figures, Mermaid, or graphology JSON.
import { Command, Option } from 'commander';
import { measureGraph } from '../graph/metrics.js';
import { toGraphology, toMermaid } from '../graph/serialise.js';
import { readDomainFolders } from '../pipeline/find-folders.js';
import type { Run } from './run.js';
import { forceOption } from './options.js';
import { formatTable } from './terminal.js';

interface GraphOptions {
  readonly format: 'metrics' | 'mermaid' | 'graphology';
  readonly force: boolean;
}

export function graphVerb({ terminal }: Run): Command {
  return new Command('graph')
    .description('show the tool dependency graph')
    .argument('<folders...>', "domains' folders, or folders of domains")
    .addOption(
      new Option('--format <format>', 'what to print')
        .choices(['metrics', 'mermaid', 'graphology'])
        .default('metrics'),
    )
    .addOption(forceOption())
    .action(async (paths: string[], options: GraphOptions) => {
      const folders = await readDomainFolders(paths, options.force);
      for (const { emitted, graph } of folders) {
        if (options.format === 'mermaid') terminal.print(toMermaid(graph));
        else if (options.format === 'graphology')
          terminal.print(JSON.stringify(toGraphology(graph).export()));
        else terminal.print(`${emitted.title}\n${formatMetrics(measureGraph(graph))}\n`);
      }
      terminal.json({
        domains: folders.map(({ emitted, path, graph }) => ({
          id: emitted.id,
          path,
          metrics: measureGraph(graph),
          mermaid: toMermaid(graph),
          graphology: toGraphology(graph).export(),
        })),
      });
    });
}

function formatMetrics(metrics: object): string {
  return formatTable(
    ['figure', 'value'],
    Object.entries(metrics).map(([name, value]) => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : String(value),
    ]),
  );
}
