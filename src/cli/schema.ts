// toolgrove schema: the JSON Schema of a domain spec, for editors.
import { Command } from 'commander';
import { benchmarkJsonSchema } from '../bench/schema.js';
import { domainSpecJsonSchema } from '../spec/schema.js';

export function schemaVerb(): Command {
  return new Command('schema')
    .description('print the JSON Schema of a domain spec (or of benchmark JSONL)')
    .argument('[what]', "'spec' or 'benchmark'", 'spec')
    .action((what: string, _options: unknown, command: Command) => {
      if (what !== 'spec' && what !== 'benchmark') {
        command.error(`'${what}' is neither 'spec' nor 'benchmark'`, { exitCode: 2 });
      }
      const schema = what === 'spec' ? domainSpecJsonSchema() : benchmarkJsonSchema();
      process.stdout.write(`${JSON.stringify(schema, null, 2)}\n`);
    });
}
