// Arguments against the manifest, with messages an agent can act on. One compiled validator a tool.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { isRealTime } from '../core/time.js';
import type { JsonObject } from '../core/json.js';
import type { ToolManifest } from '../emit/emitted-domain.js';

export interface ArgumentChecker {
  /** Null when the arguments fit; else one sentence that names each problem. */
  problems(tool: string, args: JsonObject): string | null;
  knows(tool: string): boolean;
}

export function createArgumentChecker(manifest: readonly ToolManifest[]): ArgumentChecker {
  const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, keywords: ['x-entity'] });
  ajv.addFormat('date', isRealTime);
  ajv.addFormat('date-time', isRealTime);
  const validators = new Map<string, ValidateFunction>();
  for (const tool of manifest) {
    if (tool.effect !== 'control') validators.set(tool.name, ajv.compile(tool.parameters));
  }
  return {
    knows: (tool) => validators.has(tool),
    problems(tool, args) {
      const validate = validators.get(tool);
      if (validate === undefined || validate(args)) return null;
      return [...new Set((validate.errors ?? []).map(describe))].join(' ');
    },
  };
}

function describe(error: ErrorObject): string {
  const where = error.instancePath.slice(1).replaceAll('/', '.');
  const params = error.params as Record<string, unknown>;
  const inside = where === '' ? '' : ` in '${where}'`;
  switch (error.keyword) {
    case 'required':
      return `'${String(params['missingProperty'])}' is missing${inside}.`;
    case 'additionalProperties':
      return `There is no ${where === '' ? 'argument' : 'field'} '${String(params['additionalProperty'])}'${inside}.`;
    case 'enum':
      return `'${where}' must be one of ${(params['allowedValues'] as unknown[]).join(', ')}.`;
    case 'pattern':
      return `'${where}' does not have the form ${String(params['pattern'])}.`;
    case 'format':
      return `'${where}' is not a real ${String(params['format'])}.`;
    default:
      return `'${where === '' ? 'arguments' : where}' ${error.message ?? 'does not fit'}.`;
  }
}
